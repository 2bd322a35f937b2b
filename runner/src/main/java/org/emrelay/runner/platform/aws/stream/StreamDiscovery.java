package org.emrelay.runner.platform.aws.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.StreamNames;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.emrelay.runner.platform.aws.stream.ExistingStream.RolePolicies;
import org.jspecify.annotations.Nullable;

/** Finds a stream's existing AWS resources by their derived names, and verifies the tags. */
final class StreamDiscovery {
    /** AWS may not find a resource that was created moments ago. */
    private static final Duration READ_LAG = Duration.ofSeconds(30);

    /** An older resource is found, or does not exist. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    private final AwsContext aws;
    private final StreamNames names;
    private final @Nullable ResourceJournal journal;
    private final ConcurrentLinkedQueue<String> notOwned = new ConcurrentLinkedQueue<>();

    /** @param journal null if nothing can have been requested just now */
    StreamDiscovery(AwsContext aws, StreamNames names, @Nullable ResourceJournal journal) {
        this.aws = aws;
        this.names = names;
        this.journal = journal;
    }

    ExistingStream find() {
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            Task<Optional<StreamDescription>> delivery = tasks.start(this::deliveryStream);
            Task<Optional<RolePolicies>> role = tasks.start(this::role);
            Task<Boolean> logGroup = tasks.start(this::logGroup);
            Task<Boolean> bucket = tasks.start(this::bucket);
            tasks.join();
            return new ExistingStream(
                    names,
                    delivery.get().orElse(null),
                    role.get().orElse(null),
                    logGroup.get(),
                    bucket.get(),
                    notOwned.stream().sorted().toList());
        }
    }

    /** Repeats a lookup that finds nothing although the resource was requested moments ago. */
    private <T> Optional<T> findRequested(ResourceKind kind, String name, Supplier<Optional<T>> lookup) {
        Optional<T> found = lookup.get();
        boolean isRecent = journal != null
                && journal.requestedSince(kind, aws.now().minus(RECENT)).contains(name);
        return found.isPresent() || !isRecent ? found : aws.retry().poll(3, READ_LAG, lookup);
    }

    private boolean isOwned(String resource, Map<String, String> tags) {
        boolean owned = names.owner().matches(tags);
        if (!owned) {
            notOwned.add(resource);
        }
        return owned;
    }

    private Optional<StreamDescription> deliveryStream() {
        String name = names.deliveryStream();
        DeliveryStreams streams = new DeliveryStreams(aws);
        return findRequested(ResourceKind.DELIVERY_STREAM, name, () -> streams.find(names))
                .filter(found -> streams.findTags(name)
                        .filter(tags -> isOwned("Delivery stream " + name, tags))
                        .isPresent());
    }

    private Optional<RolePolicies> role() {
        String name = names.role();
        Roles roles = new Roles(aws);
        return findRequested(ResourceKind.ROLE, name, () -> roles.findTags(name))
                .filter(tags -> isOwned("Role " + name, tags))
                .map(tags -> new RolePolicies(roles.inlinePolicies(name), roles.attachedPolicies(name)));
    }

    private boolean logGroup() {
        String name = names.logGroup();
        return findRequested(ResourceKind.LOG_GROUP, name, () -> new LogGroups(aws).findTags(names))
                .filter(tags -> isOwned("Log group " + name, tags))
                .isPresent();
    }

    /** A creation that crashed early leaves its bucket untagged. The workspace ID in the name still identifies it. */
    private boolean bucket() {
        return new Buckets(aws)
                .findTags(names.bucket())
                .filter(tags -> tags.isEmpty() || isOwned("Bucket " + names.bucket(), tags))
                .isPresent();
    }
}
