package org.emrelay.runner.platform.aws.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.StreamNames;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.emrelay.runner.platform.aws.stream.ExistingStream.RolePolicies;

/**
 * Deletes a stream's resources: first the delivery stream, because Firehose needs the rest until it is gone, then the rest in parallel.
 * A failure does not stop the others.
 */
final class StreamRemoval {
    private final AwsContext aws;
    private final ExistingStream existing;
    private final StreamNames names;
    private final ResourceJournal journal;
    private final Notices notices;
    private final ConcurrentLinkedQueue<String> removed = new ConcurrentLinkedQueue<>();
    private final List<String> failures = new ArrayList<>();

    StreamRemoval(AwsContext aws, ExistingStream existing, ResourceJournal journal, Notices notices) {
        this.aws = aws;
        this.existing = existing;
        this.names = existing.names();
        this.journal = journal;
        this.notices = notices;
    }

    /**
     * Deletes all that exists.
     *
     * @param deleteBucket whether to delete the stream's own bucket too, with all posts in it
     */
    DeletionOutcome removeAll(boolean deleteBucket) {
        return remove(deleteBucket, Optional.empty());
    }

    /**
     * Deletes all that exists.
     *
     * @param posts where to delete posts in a bucket that is not the stream's own; empty to keep them
     */
    DeletionOutcome remove(boolean deleteBucket, Optional<PostLocation> posts) {
        try {
            Optional<StreamDescription> left =
                    existing.delivery().isPresent() ? deleteDeliveryStream() : Optional.empty();
            if (left.isPresent()) {
                failures.add(stillThere(left.get()));
            } else {
                deleteOthers(deleteBucket, posts);
            }
        } catch (RunnerException failure) {
            failures.add(failure.message());
        }
        if (failures.isEmpty()) {
            forgetRequests(deleteBucket);
        }
        return new DeletionOutcome(removed.stream().sorted().toList(), kept(deleteBucket, posts), failures);
    }

    /** A delivery stream cannot be deleted while it is being created. Returns it if it still exists afterwards. */
    private Optional<StreamDescription> deleteDeliveryStream() {
        DeliveryStreams streams = new DeliveryStreams(aws);
        Optional<StreamDescription> found = streams.awaitEnd(DeliveryStreamState.CREATING, names, notices);
        if (found.filter(stream -> stream.state() != DeliveryStreamState.CREATING)
                .isPresent()) {
            streams.delete(names.deliveryStream());
            found = streams.awaitEnd(DeliveryStreamState.DELETING, names, notices);
        }
        if (found.isEmpty()) {
            record(ResourceKind.DELIVERY_STREAM, names.deliveryStream());
        }
        return found;
    }

    private static String stillThere(StreamDescription stream) {
        String reason = stream.failure() == null ? "" : " (" + stream.failure() + ")";
        return "Delivery stream " + stream.deliveryStream() + " is still " + stream.state() + reason
                + ". Its role and log group are kept until it is gone.";
    }

    private void deleteOthers(boolean deleteBucket, Optional<PostLocation> posts) {
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            RolePolicies policies = existing.role();
            if (policies != null) {
                scheduleRole(tasks, policies);
            }
            if (existing.logGroup()) {
                tasks.run(() -> {
                    new LogGroups(aws).delete(names);
                    record(ResourceKind.LOG_GROUP, names.logGroup());
                });
            }
            if (deleteBucket && existing.bucket()) {
                tasks.run(() -> {
                    new Buckets(aws).delete(names.bucket());
                    record(ResourceKind.BUCKET, names.bucket());
                });
            }
            posts.ifPresent(location -> tasks.run(() -> {
                location.prefixes().forEach(prefix -> new Buckets(aws).deleteObjects(location.bucket(), prefix));
                removed.add("posts in " + location);
            }));
            tasks.awaitAll().forEach(failure -> failures.add(message(failure)));
        }
    }

    private void scheduleRole(ParallelTasks tasks, RolePolicies policies) {
        Roles roles = new Roles(aws);
        List<Task<?>> prerequisites = new ArrayList<>();
        policies.inline()
                .forEach(policy -> prerequisites.add(tasks.run(() -> roles.deleteInlinePolicy(names.role(), policy))));
        policies.attached().forEach(policy -> prerequisites.add(tasks.run(() -> roles.detach(names.role(), policy))));
        tasks.run(
                () -> {
                    roles.delete(names.role());
                    record(ResourceKind.ROLE, names.role());
                },
                prerequisites.toArray(Task<?>[]::new));
    }

    private void record(ResourceKind kind, String name) {
        journal.recordDeleted(kind, name);
        removed.add(kind + " " + name);
    }

    /** Includes the type of an unexpected exception, whose message alone may be empty. */
    private static String message(Throwable failure) {
        return failure instanceof RunnerException expected ? expected.message() : failure.toString();
    }

    /** Also closes the journal entries of resources that were requested but never created. */
    private void forgetRequests(boolean deleteBucket) {
        for (ResourceKind kind : ResourceKind.values()) {
            if (kind != ResourceKind.BUCKET || deleteBucket) {
                journal.remaining(kind).keySet().forEach(name -> journal.recordDeleted(kind, name));
            }
        }
    }

    private List<String> kept(boolean deleteBucket, Optional<PostLocation> posts) {
        List<String> kept = new ArrayList<>();
        existing.notOwned()
                .forEach(resource -> kept.add(resource + " has this stream's name but not its tags: left unchanged."));
        if (existing.bucket() && !deleteBucket) {
            kept.add("bucket " + names.bucket() + " with the posts (--delete-posts deletes it)");
        } else if (!existing.bucket() && posts.isEmpty()) {
            existing.delivery()
                    .ifPresent(found -> kept.add("posts in " + found.uri() + " (--delete-posts deletes them)"));
        }
        return kept;
    }
}
