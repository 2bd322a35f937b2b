package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tests the SHA-256 checksums of the fake S3 through the SDK. */
final class FakeAwsS3ChecksumTest {
    private static final String HELLO_SHA256 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
    private static final String HELLO_SHA256_TWICE = "lZXJ35AHUUjrBoYDZd8zWEt1v/eCpRDGzUiDpBmDPVA=";

    private final FakeAws aws = FakeAws.start();
    private final SdkClients clients = new SdkClients(aws);
    private final S3Client s3 = clients.s3();

    @BeforeEach
    void createBucket() {
        s3.createBucket(request -> request.bucket("mine"));
    }

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private static String rejection(ThrowingCallable call) {
        S3Exception exception = catchThrowableOfType(S3Exception.class, call);
        return exception.statusCode() + " " + exception.awsErrorDetails().errorCode();
    }

    @Test
    void checksumsOfObjectsAreVerifiedAndStored() {
        s3.putObject(request -> request.bucket("mine").key("none"), RequestBody.fromString("hello"));
        s3.putObject(
                request -> request.bucket("mine").key("hello").checksumSHA256(HELLO_SHA256),
                RequestBody.fromString("hello"));
        s3.copyObject(request -> request.sourceBucket("mine")
                .sourceKey("hello")
                .destinationBucket("mine")
                .destinationKey("copy"));

        assertThat(checksum("none")).isEqualTo("null null");
        assertThat(checksum("hello")).isEqualTo(HELLO_SHA256 + " FULL_OBJECT");
        assertThat(checksum("copy")).isEqualTo(HELLO_SHA256 + " FULL_OBJECT");
        assertThat(s3.headObject(request -> request.bucket("mine").key("hello")).checksumSHA256())
                .isNull();
        assertThat(rejection(() -> s3.putObject(
                        request -> request.bucket("mine").key("hello").checksumSHA256(HELLO_SHA256),
                        RequestBody.fromString("other"))))
                .isEqualTo("400 BadDigest");
    }

    private String checksum(String key) {
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket("mine").key(key).checksumMode(ChecksumMode.ENABLED));
        return head.checksumSHA256() + " " + head.checksumTypeAsString();
    }

    @Test
    void multipartUploadsHaveCompositeChecksums() {
        String id = s3.createMultipartUpload(
                        request -> request.bucket("mine").key("big").checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        assertThat(rejection(() -> uploadPart(id, null, "hello"))).isEqualTo("400 InvalidRequest");
        assertThat(rejection(() -> uploadPart(id, HELLO_SHA256, "other"))).isEqualTo("400 BadDigest");
        String etag = uploadPart(id, HELLO_SHA256, "hello");

        assertThat(rejection(() -> complete(id, etag, null))).isEqualTo("400 InvalidRequest");
        assertThat(rejection(() -> complete(id, etag, HELLO_SHA256.replace('L', 'M'))))
                .isEqualTo("400 InvalidPart");
        complete(id, etag, HELLO_SHA256);
        // The SHA-256 of the part's SHA-256.
        assertThat(checksum("big")).isEqualTo("%s-1 COMPOSITE".formatted(HELLO_SHA256_TWICE));

        String withoutAlgorithm = s3.createMultipartUpload(
                        request -> request.bucket("mine").key("big"))
                .uploadId();
        assertThat(rejection(() -> uploadPart(withoutAlgorithm, HELLO_SHA256, "hello")))
                .isEqualTo("400 InvalidRequest");
    }

    private String uploadPart(String id, @Nullable String checksum, String text) {
        return s3.uploadPart(
                        request -> request.bucket("mine")
                                .key("big")
                                .uploadId(id)
                                .partNumber(1)
                                .checksumSHA256(checksum),
                        RequestBody.fromString(text))
                .eTag();
    }

    private void complete(String id, String etag, @Nullable String checksum) {
        CompletedPart part = CompletedPart.builder()
                .partNumber(1)
                .eTag(etag)
                .checksumSHA256(checksum)
                .build();
        s3.completeMultipartUpload(request ->
                request.bucket("mine").key("big").uploadId(id).multipartUpload(upload -> upload.parts(part)));
    }
}
