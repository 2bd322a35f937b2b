package org.emrelay.runner.platform.aws.s3;

import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads and writes small objects in one call. */
final class S3Objects {
    private final AwsContext aws;

    S3Objects(AwsContext aws) {
        this.aws = aws;
    }

    Optional<ResponseBytes<GetObjectResponse>> read(S3Uri uri) {
        try {
            return Optional.of(aws.call(
                    "read " + uri,
                    () -> aws.s3()
                            .getObjectAsBytes(
                                    request -> request.bucket(uri.bucket()).key(uri.key()))));
        } catch (AwsException fault) {
            if (isObjectNotFound(fault)) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    void write(S3Uri uri, byte[] content) {
        aws.call(
                "write " + uri,
                () -> aws.s3()
                        .putObject(
                                request -> request.bucket(uri.bucket()).key(uri.key()),
                                RequestBody.fromBytes(content)));
    }

    /** A missing bucket is a different error. */
    static boolean isObjectNotFound(AwsException fault) {
        return fault.is(Kind.NOT_FOUND) && !fault.code().equals("NoSuchBucket");
    }
}
