package org.emrelay.runner.platform.aws.stream;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.resource.CreationException;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.StreamNames;
import org.emrelay.runner.platform.aws.s3.BucketSpec;
import org.emrelay.runner.platform.aws.s3.Buckets;

/** Creates the resources of a stream, in parallel where possible, and the delivery stream last. */
record StreamProvisioner(AwsContext aws, StreamResources resources, ResourceJournal journal, Notices notices) {
    /** Creates everything and waits until the delivery stream is active. On failure, waits for the running calls and throws. */
    StreamDescription create() {
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            List<Task<?>> prerequisites = new ArrayList<>();
            resources.bucket().ifPresent(spec -> scheduleBucket(tasks, spec, prerequisites));
            scheduleLogGroup(tasks, prerequisites);
            scheduleRole(tasks, prerequisites);
            tasks.run(this::requestDeliveryStream, prerequisites.toArray(Task<?>[]::new));
            tasks.join();
        }
        return awaitActive();
    }

    private void scheduleBucket(ParallelTasks tasks, BucketSpec spec, List<Task<?>> prerequisites) {
        Buckets buckets = new Buckets(aws);
        Task<?> created = tasks.run(() -> {
            journal.recordRequest(ResourceKind.BUCKET, spec.name());
            buckets.create(spec);
        });
        prerequisites.add(tasks.run(() -> buckets.putTags(spec), created));
        prerequisites.add(tasks.run(() -> buckets.blockPublicAccess(spec), created));
        prerequisites.add(tasks.run(() -> buckets.requireTls(spec), created));
        prerequisites.add(tasks.run(() -> buckets.enableEncryption(spec), created));
        prerequisites.add(tasks.run(() -> buckets.expireUploads(spec), created));
    }

    private void scheduleLogGroup(ParallelTasks tasks, List<Task<?>> prerequisites) {
        StreamNames names = resources.names();
        LogGroups groups = new LogGroups(aws);
        Task<?> created = tasks.run(() -> {
            journal.recordRequest(ResourceKind.LOG_GROUP, names.logGroup());
            groups.create(names, resources.tags());
        });
        prerequisites.add(tasks.run(() -> groups.setRetention(names), created));
        prerequisites.add(tasks.run(() -> groups.createLogStream(names), created));
    }

    private void scheduleRole(ParallelTasks tasks, List<Task<?>> prerequisites) {
        RoleSpec spec = resources.role();
        Roles roles = new Roles(aws);
        Task<?> created = tasks.run(() -> {
            journal.recordRequest(ResourceKind.ROLE, spec.name());
            roles.create(spec, resources.names().owner());
        });
        prerequisites.add(tasks.run(() -> roles.putInlinePolicy(spec), created));
    }

    private void requestDeliveryStream() {
        DeliveryStreamSpec spec = resources.deliveryStream();
        journal.recordRequest(ResourceKind.DELIVERY_STREAM, spec.name());
        new DeliveryStreams(aws).create(spec, resources.names(), notices);
    }

    private StreamDescription awaitActive() {
        StreamNames names = resources.names();
        String name = "Delivery stream " + names.deliveryStream();
        StreamDescription found = new DeliveryStreams(aws)
                .awaitEnd(DeliveryStreamState.CREATING, names, notices)
                .orElseThrow(() -> new CreationException(name + " was deleted while it was being created.", null));
        if (found.state() == DeliveryStreamState.ACTIVE) {
            return found;
        }
        String reason = found.failure() == null ? "" : " " + found.failure();
        throw new CreationException(
                Thread.currentThread().isInterrupted()
                        ? "Interrupted while " + name + " was being created."
                        : name + " did not become ACTIVE: it is " + found.state() + "." + reason,
                null);
    }
}
