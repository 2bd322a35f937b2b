package org.emrelay.runner.platform.aws.s3;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
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
        String operation = "delete s3://" + bucket + "/" + objects.get(0).key()
                + (keys.size() > 1 ? " and " + (keys.size() - 1) + " more" : "");
        delete(aws, operation, bucket, keys);
    }

    /** Deletes objects or versions in one call; fails with the first error of a single object. */
    static void delete(AwsContext aws, String operation, String bucket, List<ObjectIdentifier> objects) {
        aws.call(operation, fault -> RETRYABLE_CODES.contains(fault.code()), RETRY_BUDGET, () -> {
            DeleteObjectsResponse response = aws.s3()
                    .deleteObjects(request -> request.bucket(bucket)
                            .delete(delete -> delete.objects(objects).quiet(true)));
            for (S3Error error : response.errors()) {
                throw AwsException.rejected("delete s3://" + bucket + "/" + error.key(), error.code(), error.message());
            }
            return response;
        });
    }
}
