package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

/** Tests the fake S3 through the SDK. */
class FakeAwsS3Test {
    private static final String TLS_ONLY = """
            {"Version": "2012-10-17", "Statement": [{"Sid": "TlsOnly", "Effect": "Deny", "Principal": "*",
             "Action": "s3:*", "Resource": ["arn:aws:s3:::mine", "arn:aws:s3:::mine/*"],
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}""";

    private final FakeAws aws = FakeAws.start();
    private final SdkClients clients = new SdkClients(aws);
    private final S3Client s3 = clients.s3();

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private void put(String key, String text) {
        s3.putObject(request -> request.bucket("mine").key(key), RequestBody.fromString(text));
    }

    private String get(String key) {
        return s3.getObjectAsBytes(request -> request.bucket("mine").key(key)).asUtf8String();
    }

    private static String rejection(ThrowingCallable call) {
        S3Exception exception = catchThrowableOfType(S3Exception.class, call);
        return exception.statusCode() + " " + exception.awsErrorDetails().errorCode();
    }

    @Test
    void objectsAreReturnedAsPut() {
        s3.createBucket(request -> request.bucket("mine"));
        s3.putObject(
                request -> request.bucket("mine")
                        .key("a b/ü+&.txt")
                        .contentType("text/plain")
                        .metadata(Map.of("sha", "1")),
                RequestBody.fromString("déjà\r\nvu"));

        assertThat(get("a b/ü+&.txt")).isEqualTo("déjà\r\nvu");
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket("mine").key("a b/ü+&.txt"));
        assertThat(head.contentLength()).isEqualTo(10);
        assertThat(head.contentType()).isEqualTo("text/plain");
        assertThat(head.metadata()).isEqualTo(Map.of("sha", "1"));
        assertThat(head.lastModified()).isEqualTo("2026-11-21T03:45:12Z");
        assertThat(s3.getObjectAsBytes(request ->
                                request.bucket("mine").key("a b/ü+&.txt").range("bytes=-2"))
                        .asUtf8String())
                .isEqualTo("vu");
        assertThat(s3.listObjectsV2(request -> request.bucket("mine")).contents())
                .extracting(S3Object::key)
                .containsExactly("a b/ü+&.txt");
    }

    @Test
    void trailingChecksumsOfTheSdkAreAccepted() {
        s3.createBucket(request -> request.bucket("mine"));
        byte[] large = new byte[300_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        for (ChecksumAlgorithm algorithm : List.of(ChecksumAlgorithm.CRC32, ChecksumAlgorithm.SHA256)) {
            s3.putObject(
                    request -> request.bucket("mine").key("large").checksumAlgorithm(algorithm),
                    RequestBody.fromBytes(large));
            assertThat(s3.getObjectAsBytes(request -> request.bucket("mine").key("large"))
                            .asByteArray())
                    .isEqualTo(large);
        }
        assertThat(aws.calls().named("PutObject").get(0).text()).contains("x-amz-trailer=x-amz-checksum-crc32");
    }

    @Test
    void aCorruptBodyIsRejected() throws Exception {
        s3.createBucket(request -> request.bucket("mine"));
        HttpRequest damaged = HttpRequest.newBuilder(aws.endpoint().resolve("/mine/key"))
                .header("Content-Encoding", "aws-chunked")
                .header("x-amz-decoded-content-length", "5")
                .PUT(HttpRequest.BodyPublishers.ofString(
                        "5;chunk-signature=0\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient().send(damaged, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("<Code>BadDigest</Code>");
    }

    @Test
    void ifNoneMatchRejectsAnExistingObject() {
        s3.createBucket(request -> request.bucket("mine"));
        put("lock", "first");

        assertThat(rejection(() -> s3.putObject(
                        request -> request.bucket("mine").key("lock").ifNoneMatch("*"),
                        RequestBody.fromString("second"))))
                .isEqualTo("412 PreconditionFailed");
        assertThat(get("lock")).isEqualTo("first");
    }

    @Test
    void ifMatchRejectsAChangedObject() {
        s3.createBucket(request -> request.bucket("mine"));
        put("lease", "first");
        String first =
                s3.headObject(request -> request.bucket("mine").key("lease")).eTag();
        s3.putObject(request -> request.bucket("mine").key("lease").ifMatch(first), RequestBody.fromString("second"));

        assertThat(rejection(() -> s3.putObject(
                        request -> request.bucket("mine").key("lease").ifMatch(first),
                        RequestBody.fromString("third"))))
                .isEqualTo("412 PreconditionFailed");
        assertThat(rejection(() -> s3.getObjectAsBytes(
                        request -> request.bucket("mine").key("lease").ifMatch(first))))
                .isEqualTo("412 PreconditionFailed");
        assertThat(get("lease")).isEqualTo("second");
        assertThat(rejection(() -> s3.putObject(
                        request -> request.bucket("mine").key("none").ifMatch(first), RequestBody.fromString("x"))))
                .isEqualTo("404 NoSuchKey");
    }

    @Test
    void bucketCreationFollowsTheRulesOfTheRegion() {
        try (SdkClients frankfurt = new SdkClients(aws, "eu-central-1")) {
            CreateBucketResponse created = frankfurt
                    .s3()
                    .createBucket(request -> request.bucket("german")
                            .createBucketConfiguration(
                                    configuration -> configuration.locationConstraint("eu-central-1")));
            assertThat(created.location()).isEqualTo("/german");
            assertThat(rejection(() -> frankfurt
                            .s3()
                            .createBucket(request -> request.bucket("german")
                                    .createBucketConfiguration(
                                            configuration -> configuration.locationConstraint("eu-central-1")))))
                    .isEqualTo("409 BucketAlreadyOwnedByYou");
            assertThat(rejection(() -> frankfurt
                            .s3()
                            .createBucket(request -> request.bucket("nowhere")
                                    .createBucketConfiguration(
                                            configuration -> configuration.locationConstraint("eu-west-1")))))
                    .isEqualTo("400 IllegalLocationConstraintException");
        }
        s3.createBucket(request -> request.bucket("mine"));
        s3.createBucket(request -> request.bucket("mine"));
        aws.s3().addForeignName("theirs");
        assertThat(rejection(() -> s3.createBucket(request -> request.bucket("theirs"))))
                .isEqualTo("409 BucketAlreadyExists");
        assertThat(rejection(() -> s3.createBucket(request -> request.bucket("xn--mine"))))
                .isEqualTo("400 InvalidBucketName");
        assertThat(s3.getBucketLocation(request -> request.bucket("mine")).locationConstraintAsString())
                .isNullOrEmpty();
        assertThat(s3.getBucketLocation(request -> request.bucket("german")).locationConstraintAsString())
                .isEqualTo("eu-central-1");
    }

    @Test
    void bucketSettingsAreStoredAndValidated() {
        s3.createBucket(request -> request.bucket("mine"));
        assertThat(rejection(() -> s3.getBucketPolicy(request -> request.bucket("mine"))))
                .isEqualTo("404 NoSuchBucketPolicy");
        assertThat(rejection(() -> s3.getBucketTagging(request -> request.bucket("mine"))))
                .isEqualTo("404 NoSuchTagSet");

        s3.putPublicAccessBlock(request -> request.bucket("mine")
                .publicAccessBlockConfiguration(block -> block.blockPublicAcls(true)
                        .ignorePublicAcls(true)
                        .blockPublicPolicy(true)
                        .restrictPublicBuckets(true)));
        s3.putBucketPolicy(request -> request.bucket("mine").policy(TLS_ONLY));
        s3.putBucketEncryption(request -> request.bucket("mine")
                .serverSideEncryptionConfiguration(encryption -> encryption.rules(ServerSideEncryptionRule.builder()
                        .applyServerSideEncryptionByDefault(each -> each.sseAlgorithm(ServerSideEncryption.AES256))
                        .build())));
        s3.putBucketLifecycleConfiguration(request -> request.bucket("mine")
                .lifecycleConfiguration(lifecycle -> lifecycle.rules(LifecycleRule.builder()
                        .id("logs")
                        .status(ExpirationStatus.ENABLED)
                        .filter(filter -> filter.prefix("logs/"))
                        .expiration(expiration -> expiration.days(30))
                        .build())));
        s3.putBucketTagging(request -> request.bucket("mine")
                .tagging(tags ->
                        tags.tagSet(Tag.builder().key("owner").value("me").build())));

        assertThat(s3.getBucketPolicy(request -> request.bucket("mine")).policy())
                .isEqualTo(TLS_ONLY);
        assertThat(s3.getBucketTagging(request -> request.bucket("mine")).tagSet())
                .containsExactly(Tag.builder().key("owner").value("me").build());
        assertThat(s3.getPublicAccessBlock(request -> request.bucket("mine"))
                        .publicAccessBlockConfiguration()
                        .restrictPublicBuckets())
                .isTrue();
        assertThat(s3.getBucketLifecycleConfiguration(request -> request.bucket("mine"))
                        .rules()
                        .get(0)
                        .expiration()
                        .days())
                .isEqualTo(30);
        assertThat(s3.getBucketEncryption(request -> request.bucket("mine"))
                        .serverSideEncryptionConfiguration()
                        .rules())
                .hasSize(1);
        assertThat(rejection(() -> s3.putBucketPolicy(
                        request -> request.bucket("mine").policy(TLS_ONLY.replace("Deny", "Allow")))))
                .isEqualTo("403 AccessDenied");
        assertThat(rejection(() -> s3.putBucketPolicy(
                        request -> request.bucket("mine").policy(TLS_ONLY.replace(":::mine", ":::yours")))))
                .isEqualTo("400 MalformedPolicy");
    }

    @Test
    void listingsSupportPaginationAndDelimiters() {
        s3.createBucket(request -> request.bucket("mine"));
        for (int i = 0; i < 5; i++) {
            put("logs/j-" + i + "/stderr", "x");
        }
        put("readme", "x");

        assertThat(s3
                        .listObjectsV2Paginator(request ->
                                request.bucket("mine").prefix("logs/").maxKeys(2))
                        .contents()
                        .stream()
                        .map(S3Object::key))
                .containsExactly(
                        "logs/j-0/stderr", "logs/j-1/stderr", "logs/j-2/stderr", "logs/j-3/stderr", "logs/j-4/stderr");
        assertThat(s3.listObjectsV2(request -> request.bucket("mine").delimiter("/"))
                        .commonPrefixes())
                .extracting(prefix -> prefix.prefix())
                .containsExactly("logs/");
    }

    @Test
    void aVersionedBucketIsEmptyOnlyWithoutVersionsAndDeleteMarkers() {
        s3.createBucket(request -> request.bucket("mine"));
        s3.putBucketVersioning(request -> request.bucket("mine")
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        put("a", "1");
        put("a", "2");
        put("b", "1");
        s3.deleteObject(request -> request.bucket("mine").key("a"));

        assertThat(rejection(() -> get("a"))).isEqualTo("404 NoSuchKey");
        s3.deleteObject(request -> request.bucket("mine").key("b"));
        assertThat(rejection(() -> s3.deleteBucket(request -> request.bucket("mine"))))
                .isEqualTo("409 BucketNotEmpty");
        List<ObjectIdentifier> identifiers =
                s3.listObjectVersionsPaginator(request -> request.bucket("mine").maxKeys(2)).stream()
                        .flatMap(page -> Stream.concat(
                                page.versions().stream().map(FakeAwsS3Test::identifier),
                                page.deleteMarkers().stream().map(FakeAwsS3Test::identifier)))
                        .toList();
        assertThat(identifiers).hasSize(5);
        s3.deleteObjects(request -> request.bucket("mine").delete(delete -> delete.objects(identifiers)));
        s3.deleteBucket(request -> request.bucket("mine"));
        assertThat(aws.remaining()).isEmpty();
    }

    private static ObjectIdentifier identifier(ObjectVersion version) {
        return ObjectIdentifier.builder()
                .key(version.key())
                .versionId(version.versionId())
                .build();
    }

    private static ObjectIdentifier identifier(DeleteMarkerEntry marker) {
        return ObjectIdentifier.builder()
                .key(marker.key())
                .versionId(marker.versionId())
                .build();
    }

    @Test
    void multipartUploadsAreListedUntilCompletedOrAborted() {
        s3.createBucket(request -> request.bucket("mine"));
        String id = s3.createMultipartUpload(request -> request.bucket("mine").key("big"))
                .uploadId();
        String abandoned = s3.createMultipartUpload(
                        request -> request.bucket("mine").key("big"))
                .uploadId();
        CompletedPart part = CompletedPart.builder()
                .partNumber(1)
                .eTag(s3.uploadPart(
                                request -> request.bucket("mine")
                                        .key("big")
                                        .uploadId(id)
                                        .partNumber(1),
                                RequestBody.fromString("content"))
                        .eTag())
                .build();

        s3.completeMultipartUpload(request ->
                request.bucket("mine").key("big").uploadId(id).multipartUpload(upload -> upload.parts(part)));

        assertThat(get("big")).isEqualTo("content");
        assertThat(s3.listMultipartUploads(request -> request.bucket("mine")).uploads())
                .extracting(upload -> upload.uploadId())
                .containsExactly(abandoned);
        assertThat(aws.remaining()).containsExactly("s3 bucket mine", "s3 upload mine/big (" + abandoned + ")");
        s3.abortMultipartUpload(request -> request.bucket("mine").key("big").uploadId(abandoned));
        assertThat(aws.remaining()).containsExactly("s3 bucket mine");
    }

    @Test
    void changesInForeignBucketsAreReported() {
        aws.account().bucket("given");
        aws.account().object("given", "data", "theirs");
        s3.putObject(request -> request.bucket("given").key("runs/1"), RequestBody.fromString("ours"));

        assertThat(aws.remaining()).containsExactly("s3 object given/runs/1");
        assertThat(aws.foreignChanges()).isEmpty();
        s3.deleteObject(request -> request.bucket("given").key("data"));
        assertThat(aws.foreignChanges()).containsExactly("s3 object given/data was deleted");
    }

    @Test
    void unsupportedOperationsAreRejectedAndLogged() {
        s3.createBucket(request -> request.bucket("mine"));

        assertThat(rejection(() -> s3.getBucketAcl(request -> request.bucket("mine"))))
                .isEqualTo("501 NotImplemented");
        assertThat(rejection(() -> s3.headBucket(request -> request.bucket("none"))))
                .startsWith("404");
        assertThat(aws.calls().unsupported()).extracting(Call::operation).containsExactly("GET ?acl");
    }
}
