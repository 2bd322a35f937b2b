package org.emrelay.runner.platform.aws.stream;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.jspecify.annotations.Nullable;

/** The deletion of a stream's existing AWS resources. Locks the stream's resource journal until closed. */
public final class StreamDeletion implements AutoCloseable {
    /** Firehose delivers slightly later than its buffer time. */
    private static final Duration DELIVERY_MARGIN = Duration.ofMinutes(1);

    private static final Duration STATUS_INTERVAL = Duration.ofSeconds(10);

    private final AwsContext aws;
    private final ExistingStream existing;
    private final @Nullable StreamDefinition known;
    private final ResourceJournal journal;
    private final Notices notices;

    StreamDeletion(
            AwsContext aws,
            ExistingStream existing,
            @Nullable StreamDefinition known,
            ResourceJournal journal,
            Notices notices) {
        this.aws = aws;
        this.existing = existing;
        this.known = known;
        this.journal = journal;
        this.notices = notices;
    }

    public String name() {
        return existing.names().stream();
    }

    /** Whether there is nothing to delete, not counting posts and their bucket. */
    public boolean isEmpty() {
        return existing.hasNothingToDelete();
    }

    /** The resources to delete, for a confirmation: {@code delivery stream x (ACTIVE), role y, log group z}. */
    public String summary() {
        return existing.summary();
    }

    /** Whether the stream's own bucket exists, which is deleted with the posts. */
    public boolean hasOwnBucket() {
        return existing.bucket();
    }

    /** What is deleted with the posts: the stream's own bucket, or prefixes of another one; empty if there is nothing. */
    public Optional<String> posts() {
        return existing.bucket()
                ? Optional.of("bucket " + existing.names().bucket())
                : location().map(PostLocation::toString);
    }

    /** The prefixes in a bucket that is not the stream's own, from Firehose or the stream file. */
    private Optional<PostLocation> location() {
        return existing.delivery()
                .map(found -> location(found.bucket(), found.prefix(), found.errorPrefix()))
                .orElseGet(() -> known == null || known.sink().bucket() == null
                        ? Optional.empty()
                        : location(
                                known.sink().bucket(),
                                known.sink().prefix(),
                                known.sink().errorPrefix()));
    }

    private Optional<PostLocation> location(String bucket, String... prefixes) {
        List<String> usable =
                Stream.of(prefixes).filter(prefix -> prefix.matches(".+/")).toList();
        return bucket.isEmpty()
                        || usable.isEmpty()
                        || bucket.equals(existing.names().bucket())
                ? Optional.empty()
                : Optional.of(new PostLocation(bucket, usable));
    }

    /**
     * Deletes the resources. Before that, waits until Firehose has delivered all posts, unless they are deleted too: Firehose does not guarantee
     * that it delivers its buffer when it is deleted.
     *
     * @param deletePosts whether to delete the posts, and the bucket if it is the stream's own
     * @param lastWrite when posts were last sent; null if unknown
     */
    public DeletionOutcome execute(boolean deletePosts, @Nullable Instant lastWrite) {
        if (!deletePosts && lastWrite != null && !awaitDelivery(lastWrite)) {
            return new DeletionOutcome(List.of(), List.of(), List.of("Interrupted: nothing was deleted."));
        }
        return new StreamRemoval(aws, existing, journal, notices)
                .remove(deletePosts, deletePosts ? location() : Optional.empty());
    }

    /** Returns false if the thread is interrupted. */
    private boolean awaitDelivery(Instant lastWrite) {
        Optional<StreamDescription> active =
                existing.delivery().filter(found -> found.state() == DeliveryStreamState.ACTIVE);
        if (active.isEmpty()) {
            return true;
        }
        Instant end = lastWrite.plus(active.get().bufferTime()).plus(DELIVERY_MARGIN);
        while (aws.now().isBefore(end)) {
            Duration left = Duration.between(aws.now(), end);
            notices.status("Waiting " + (left.toSeconds() + 1) + " s for Firehose to deliver the last posts");
            if (!aws.retry().sleep(left.compareTo(STATUS_INTERVAL) < 0 ? left : STATUS_INTERVAL)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
