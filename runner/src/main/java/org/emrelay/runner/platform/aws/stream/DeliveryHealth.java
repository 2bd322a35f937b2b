package org.emrelay.runner.platform.aws.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.resource.StreamNames;
import org.jspecify.annotations.Nullable;

/**
 * Monitors whether Firehose delivers the records that it accepts.
 *
 * <p>Firehose accepts records even if its bucket was deleted or its role has lost its permissions, and drops them after 24 hours. So a stream
 * must end when the bucket was deleted, and when a delivery fails again after a minute.
 */
final class DeliveryHealth {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final AwsContext aws;
    private final StreamDescription stream;
    private final StreamNames names;
    private final Notices notices;
    private Instant next;
    private Instant errorsSince;
    private @Nullable DeliveryError warned;
    private boolean readsErrors = true;

    DeliveryHealth(AwsContext aws, StreamDescription stream, StreamNames names, Notices notices) {
        this.aws = aws;
        this.stream = stream;
        this.names = names;
        this.notices = notices;
        this.next = aws.now();
        this.errorsSince = aws.now();
    }

    /** Checks once a minute. A check that cannot run does not end the stream. */
    void check() {
        Instant now = aws.now();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(INTERVAL);
        checkBucket();
        if (readsErrors) {
            checkErrors();
        }
    }

    private void checkBucket() {
        try {
            aws.callBriefly(
                    "get the bucket " + stream.bucket(),
                    () -> aws.s3().headBucket(request -> request.bucket(stream.bucket())));
        } catch (AwsException fault) {
            if (fault.is(Kind.NOT_FOUND)) {
                throw new DeliveryException(
                        "Bucket " + stream.bucket()
                                + " was deleted, so Firehose cannot deliver posts: create the bucket"
                                + " again within 24 hours, then start the stream.",
                        fault);
            }
        }
    }

    private void checkErrors() {
        Optional<List<DeliveryError>> found = errors();
        if (found.isEmpty()) {
            readsErrors = false;
            notices.warn("Not checked: whether Firehose delivers the posts. Log group " + names.logGroup()
                    + " cannot be read.");
        } else if (!found.get().isEmpty()) {
            DeliveryError newest = found.get().get(0);
            errorsSince = newest.time().plusMillis(1);
            report(newest);
        } else {
            warned = null;
        }
    }

    private Optional<List<DeliveryError>> errors() {
        try {
            return new LogGroups(aws).errors(names, errorsSince, 1);
        } catch (AwsException fault) {
            return Optional.of(List.of());
        }
    }

    /** Only warns about the first error, because a new role may not have propagated yet. */
    private void report(DeliveryError error) {
        String reason = "Firehose cannot deliver posts to " + stream.uri() + ": " + error.text();
        if (warned != null) {
            throw new DeliveryException(
                    reason + " Firehose retries for 24 hours: fix the cause, then start the stream.", null);
        }
        warned = error;
        notices.warn(reason);
    }
}
