package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ClusterStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;

/** Tests who may use the KMS keys that the fake AWS encrypts with by default. */
final class FakeAwsKmsTest {
    private static final String KEY_ID = "0a0a0a0a-1111-2222-3333-444444444444";
    private static final String KEY = "arn:aws:kms:us-east-1:123456789012:key/" + KEY_ID;
    private static final String FOREIGN_KEY = KEY.replace("123456789012", "999999999999");

    private final FakeAws aws = FakeAws.start();
    private final SdkClients clients = new SdkClients(aws);
    private final S3Client nodeS3 = clients.s3OfNode("nodes");

    @BeforeEach
    void setUp() {
        aws.account().instanceProfile("nodes");
        aws.iam().kms().addAlias("alias/company", KEY_ID);
        allow("s3", "s3:GetObject\", \"s3:PutObject", "*", "{}");
    }

    @AfterEach
    void close() {
        nodeS3.close();
        clients.close();
        aws.close();
    }

    private void allow(String policy, String actions, String resource, String condition) {
        clients.iam()
                .putRolePolicy(
                        request -> request.roleName("nodes").policyName(policy).policyDocument("""
                                {"Version": "2012-10-17", "Statement": [
                                  {"Effect": "Allow", "Action": ["%s"], "Resource": ["%s"], "Condition": %s}]}
                                """.formatted(
                                        actions, resource, condition)));
    }

    private void encryptedBucket(String key) {
        aws.account().encryptedBucket("company", key);
        aws.account().object("company", "a", "text");
    }

    private String denialOfPut() {
        return denial(
                () -> nodeS3.putObject(request -> request.bucket("company").key("a"), RequestBody.empty()));
    }

    private String denialOfGet() {
        return denial(() ->
                nodeS3.getObjectAsBytes(request -> request.bucket("company").key("a")));
    }

    private static String denial(Runnable call) {
        try {
            call.run();
            return "";
        } catch (S3Exception denied) {
            return denied.awsErrorDetails().errorMessage();
        }
    }

    private static String denial(String action, String key, String policy) {
        return "User: arn:aws:sts::123456789012:assumed-role/nodes/i-0a1b2c3d4e5f60718 is not authorized to perform: "
                + action + " on resource: " + key + " because no " + policy + "-based policy allows the " + action
                + " action";
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, KEY_ID, "alias/company", "arn:aws:kms:us-east-1:123456789012:alias/company"})
    void nodesNeedTheKeyOfABucket(String reference) {
        encryptedBucket(reference);

        assertThat(denialOfPut()).isEqualTo(denial("kms:GenerateDataKey", KEY, "identity"));
        assertThat(denialOfGet()).isEqualTo(denial("kms:Decrypt", KEY, "identity"));
        allow("kms", "kms:GenerateDataKey", KEY, "{}");
        assertThat(denialOfPut()).isEmpty();
        assertThat(denialOfGet()).isEqualTo(denial("kms:Decrypt", KEY, "identity"));
    }

    @Test
    void aKeyMayBeAllowedByItsAlias() {
        encryptedBucket(KEY);
        String anyKey = KEY.replace(KEY_ID, "*");

        allow("kms", "kms:Decrypt", anyKey, """
                {"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/other"}}""");
        assertThat(denialOfGet()).isEqualTo(denial("kms:Decrypt", KEY, "identity"));
        allow("kms", "kms:Decrypt", anyKey, """
                {"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/company"}}""");
        assertThat(denialOfGet()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alias/aws/s3", "arn:aws:kms:us-east-1:123456789012:alias/aws/s3"})
    void awsManagedKeysNeedNoPolicy(String reference) {
        encryptedBucket(reference);

        assertThat(denialOfPut()).isEmpty();
        assertThat(denialOfGet()).isEmpty();
    }

    @Test
    void theOwnerOfAKeyMustAllowOtherAccountsToo() {
        encryptedBucket(FOREIGN_KEY);
        allow("kms", "kms:GenerateDataKey", FOREIGN_KEY, "{}");

        assertThat(denialOfPut()).isEqualTo(denial("kms:GenerateDataKey", FOREIGN_KEY, "resource"));
    }

    @Test
    void theETagOfAnEncryptedObjectIsNotTheMd5OfItsContent() {
        aws.account().encryptedBucket("company", KEY);
        aws.account().bucket("plain");

        PutObjectResponse encrypted =
                clients.s3().putObject(request -> request.bucket("company").key("a"), RequestBody.fromString("a"));
        PutObjectResponse plain =
                clients.s3().putObject(request -> request.bucket("plain").key("a"), RequestBody.fromString("a"));

        assertThat(plain.eTag()).isEqualTo("\"0cc175b9c0f1b6a831c399e269772661\"");
        assertThat(encrypted.eTag()).matches("\"[0-9a-f]{32}\"").isNotEqualTo(plain.eTag());
        assertThat(encrypted.serverSideEncryptionAsString()).isEqualTo("aws:kms");
        assertThat(clients.s3()
                        .headObject(request -> request.bucket("company").key("a"))
                        .eTag())
                .isEqualTo(encrypted.eTag());
    }

    @Test
    void readsTheDefaultEncryptionOfBuckets() {
        aws.account().encryptedBucket("company", KEY);

        assertThat(clients.s3()
                        .getBucketEncryption(request -> request.bucket("company"))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .get(0)
                        .applyServerSideEncryptionByDefault())
                .isEqualTo(ServerSideEncryptionByDefault.builder()
                        .sseAlgorithm("aws:kms")
                        .kmsMasterKeyID(KEY)
                        .build());
    }

    @Test
    void readsTheDefaultEncryptionOfVolumes() {
        Ec2Client ec2 = clients.ec2();

        assertThat(ec2.getEbsEncryptionByDefault(request -> {}).ebsEncryptionByDefault())
                .isFalse();
        assertThat(ec2.getEbsDefaultKmsKeyId(request -> {}).kmsKeyId()).isEqualTo("alias/aws/ebs");
        aws.ec2().encryptEbsByDefault(KEY);
        assertThat(ec2.getEbsEncryptionByDefault(request -> {}).ebsEncryptionByDefault())
                .isTrue();
        assertThat(ec2.getEbsDefaultKmsKeyId(request -> {}).kmsKeyId()).isEqualTo(KEY);
    }

    @Test
    void noInstanceStartsWhoseServiceRoleMayNotUseTheKeyOfVolumes() {
        EmrClient emr = clients.emr();
        String id =
                emr.runJobFlow(new ClusterRequests(aws).request("demo").build()).jobFlowId();
        aws.ec2().encryptEbsByDefault(KEY);
        aws.clock().advance(Duration.ofMinutes(10));

        ClusterStatus status =
                emr.describeCluster(request -> request.clusterId(id)).cluster().status();
        assertThat(status.stateAsString()).isEqualTo("TERMINATED_WITH_ERRORS");
        assertThat(status.stateChangeReason().message())
                .isEqualTo("Instances failed to launch: Client.InternalError: Client error on launch");
    }
}
