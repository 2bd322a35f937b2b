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

/** Removes objects, a thousand a call. */
final class S3Removal {
    private static final int AT_ONCE = 1000;
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    /** Within an answer that as a whole is fine, single objects can have met what passes. */
    private static final Set<String> PASSING = Set.of("InternalError", "SlowDown", "ServiceUnavailable");

    private final AwsContext aws;

    S3Removal(AwsContext aws) {
        this.aws = aws;
    }

    void remove(String bucket, List<S3Object> objects) {
        for (int from = 0; from < objects.size(); from += AT_ONCE) {
            removePage(bucket, objects.subList(from, Math.min(objects.size(), from + AT_ONCE)));
        }
    }

    private void removePage(String bucket, List<S3Object> objects) {
        List<ObjectIdentifier> keys = objects.stream()
                .map(object -> ObjectIdentifier.builder().key(object.key()).build())
                .toList();
        Instant begun = aws.patience().clock().instant();
        for (int attempt = 0; ; attempt++) {
            Optional<S3Error> error = firstError(bucket, keys);
            if (error.isEmpty()) {
                return;
            }
            S3Error first = error.get();
            boolean passing = PASSING.contains(first.code());
            if (!passing || !aws.patience().pause(attempt, begun, AT_MOST)) {
                throw AwsException.refused("remove s3://" + bucket + "/" + first.key(), first.code(), first.message());
            }
        }
    }

    private Optional<S3Error> firstError(String bucket, List<ObjectIdentifier> keys) {
        return aws
                .patience()
                .ask(
                        "remove s3://" + bucket + "/" + keys.get(0).key()
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
