package org.emrelay.runner.platform.aws.s3;

import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads and writes small objects whole. */
final class S3Objects {
    private final AwsContext aws;

    S3Objects(AwsContext aws) {
        this.aws = aws;
    }

    Optional<ResponseBytes<GetObjectResponse>> read(S3Uri place) {
        try {
            return Optional.of(aws.patience()
                    .ask(
                            "read " + place,
                            () -> aws.clients()
                                    .s3()
                                    .getObjectAsBytes(request ->
                                            request.bucket(place.bucket()).key(place.key()))));
        } catch (AwsException fault) {
            if (isNotThere(fault)) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    void write(S3Uri place, byte[] content) {
        aws.patience()
                .ask(
                        "write " + place,
                        () -> aws.clients()
                                .s3()
                                .putObject(
                                        request ->
                                                request.bucket(place.bucket()).key(place.key()),
                                        RequestBody.fromBytes(content)));
    }

    /** That the whole bucket is not there is something else. */
    static boolean isNotThere(AwsException fault) {
        return fault.is(Kind.ABSENT) && !fault.code().equals("NoSuchBucket");
    }
}
