package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * The upload of one file, with its SHA-256 checksum.
 *
 * @param retryable errors to retry besides those that are always transient
 */
record FileUpload(AwsContext aws, LocalFile file, FileChecksum checksum, Predicate<AwsException> retryable) {
    private static final Duration RETRY_BUDGET = Duration.ofMinutes(2);

    /** How the object at the target compares with the file. */
    enum Target {
        ABSENT,
        /** It has the file's checksum. */
        EQUAL,
        /** It has no checksum, but may be equal: an earlier version uploaded without checksums. */
        UNVERIFIED,
        DIFFERENT
    }

    S3Uri uri() {
        return file.target();
    }

    /** Compares the checksum that S3 stores. Without one, size and ETag show most differences. */
    Target compare() throws IOException {
        HeadObjectResponse object = new S3Objects(aws).describe(uri()).orElse(null);
        if (object == null) {
            return Target.ABSENT;
        } else if (checksum.value().equals(object.checksumSHA256())) {
            return Target.EQUAL;
        }
        return object.checksumSHA256() == null && object.contentLength() == file.size() && mayHaveEtag(object)
                ? Target.UNVERIFIED
                : Target.DIFFERENT;
    }

    /** The ETag of an object that is encrypted with a KMS key is not its MD5. */
    private boolean mayHaveEtag(HeadObjectResponse object) throws IOException {
        ServerSideEncryption encryption = object.serverSideEncryption();
        boolean isMd5 = encryption == null || encryption == ServerSideEncryption.AES256;
        return !isMd5 || file.etag().equals(object.eTag());
    }

    /** Uploads the file; false if it must be absent, but the object exists by now. */
    boolean send(boolean onlyIfAbsent, TransferCounter counter) throws IOException {
        return file.slices().size() > 1
                ? new MultipartUpload(this, onlyIfAbsent, counter).execute()
                : put(onlyIfAbsent, counter);
    }

    private boolean put(boolean onlyIfAbsent, TransferCounter counter) {
        boolean isPut = aws.create(
                        "upload " + file.path() + " to " + uri(),
                        retryable,
                        RETRY_BUDGET,
                        () -> aws.s3()
                                .putObject(
                                        request -> request.bucket(uri().bucket())
                                                .key(uri().key())
                                                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                                                .checksumSHA256(checksum.value())
                                                .ifNoneMatch(onlyIfAbsent ? "*" : null),
                                        file.slices().get(0).requestBody()))
                .isPresent();
        counter.add(file.size());
        return isPut;
    }

    /** Makes a call of a multipart upload. */
    <T> T call(String operation, Supplier<T> call) {
        return aws.call(operation + " of " + file.path() + " to " + uri(), retryable, RETRY_BUDGET, call);
    }

    static boolean isConflict(AwsException fault) {
        return fault.is(Kind.CONFLICT);
    }
}
