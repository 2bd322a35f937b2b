package org.emrelay.runner.platform.aws.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream's delivery stream as it is now.
 *
 * @param name the name of the stream
 * @param deliveryStream the name of the delivery stream
 * @param failure why it could not be created or deleted; null if there is no reason
 * @param created null if unknown
 * @param prefix the key prefix of posts, without the expressions for the hour
 * @param errorPrefix the key prefix of records that Firehose could not deliver
 * @param bufferTime how long Firehose collects posts for a file
 * @param errors the last delivery errors, newest first
 * @param errorsKnown false if the log stream may not be read
 */
public record StreamDescription(
        String name,
        String deliveryStream,
        DeliveryStreamState state,
        @Nullable String failure,
        @Nullable Instant created,
        String bucket,
        String prefix,
        String errorPrefix,
        Duration bufferTime,
        long bufferBytes,
        List<DeliveryError> errors,
        boolean errorsKnown) {
    public StreamDescription {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(deliveryStream, "deliveryStream");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(errorPrefix, "errorPrefix");
        Objects.requireNonNull(bufferTime, "bufferTime");
        errors = List.copyOf(errors);
    }

    /** The location of the posts: {@code s3://bucket/posts/}. */
    public String uri() {
        return "s3://" + bucket + "/" + prefix;
    }

    StreamDescription withErrors(List<DeliveryError> found, boolean known) {
        return new StreamDescription(
                name,
                deliveryStream,
                state,
                failure,
                created,
                bucket,
                prefix,
                errorPrefix,
                bufferTime,
                bufferBytes,
                found,
                known);
    }
}
