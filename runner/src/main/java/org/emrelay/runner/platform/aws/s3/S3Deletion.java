package org.emrelay.runner.platform.aws.s3;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deletes objects in batches of 1000, the DeleteObjects limit. */
final class S3Deletion {
    private static final int MAX_KEYS_PER_CALL = 1000;
    private static final Duration RETRY_BUDGET = Duration.ofMinutes(2);

    /** Transient errors of single objects inside a successful DeleteObjects response. */
    private static final Set<String> RETRYABLE_CODES = Set.of("InternalError", "SlowDown", "ServiceUnavailable");

    private final AwsContext aws;

    S3Deletion(AwsContext aws) {
        this.aws = aws;
    }

    void delete(String bucket, List<S3Object> objects) {
        for (int i = 0; i < objects.size(); i += MAX_KEYS_PER_CALL) {
            deleteBatch(bucket, objects.subList(i, Math.min(objects.size(), i + MAX_KEYS_PER_CALL)));
        }
    }

    private void deleteBatch(String bucket, List<S3Object> objects) {
        List<ObjectIdentifier> keys = objects.stream()
                .map(object -> ObjectIdentifier.builder().key(object.key()).build())
                .toList();
        Instant start = aws.retry().clock().instant();
        for (int attempt = 0; ; attempt++) {
            Optional<S3Error> firstError = firstError(bucket, keys);
            if (firstError.isEmpty()) {
                return;
            }
            S3Error error = firstError.get();
            boolean isRetryable = RETRYABLE_CODES.contains(error.code());
            if (!isRetryable || !aws.retry().backOff(attempt, start, RETRY_BUDGET)) {
                throw AwsException.rejected("delete s3://" + bucket + "/" + error.key(), error.code(), error.message());
            }
        }
    }

    private Optional<S3Error> firstError(String bucket, List<ObjectIdentifier> keys) {
        return aws
                .retry()
                .call(
                        "delete s3://" + bucket + "/" + keys.get(0).key()
                                + (keys.size() > 1 ? " and " + (keys.size() - 1) + " more" : ""),
                        () -> aws.clients()
                                .s3()
                                .deleteObjects(request -> request.bucket(bucket)
                                        .delete(delete -> delete.objects(keys).quiet(true))))
                .errors()
                .stream()
                .findFirst();
    }
}
