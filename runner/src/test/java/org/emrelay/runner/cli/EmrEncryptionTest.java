package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.SdkClients;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Clusters in accounts whose buckets and EBS volumes are encrypted with KMS keys by default. */
final class EmrEncryptionTest {
    private static final String SERVICE = "emrelay-bb26934c-us-east-1-demo-service";
    private static final String NODES = "emrelay-bb26934c-us-east-1-demo-nodes";
    private static final String KEY_ID = "0a0a0a0a-1111-2222-3333-444444444444";
    private static final String KEY = "arn:aws:kms:us-east-1:123456789012:key/" + KEY_ID;
    private static final String FOREIGN_KEY = KEY.replace("123456789012", "999999999999");

    private static final String USE = "\"kms:Decrypt\",\"kms:DescribeKey\",\"kms:Encrypt\",\"kms:GenerateDataKey\","
            + "\"kms:GenerateDataKeyWithoutPlaintext\",\"kms:ReEncryptFrom\",\"kms:ReEncryptTo\"";

    private static final String USE_ENGLISH = USE.replace("\"", "").replace(",", ", ");

    @TempDir
    Path directory;

    private EmrCliFixture emr;
    private SdkClients clients;
    private S3Client nodeS3;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        clients = new SdkClients(emr.aws());
        nodeS3 = clients.s3OfNode(NODES);
        emr.cli().file("job.py", "print('job')\n").file("steps.json", """
                        {"steps": [{"name": "a", "script_uri": "job.py", "inputs": {"titles": "s3://books/titles"},
                                    "output": {"uri": "s3://results/a"}}]}
                        """);
        emr.aws().iam().kms().addAlias("alias/company", KEY_ID);
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unsupported()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        nodeS3.close();
        clients.close();
        emr.close();
    }

    /** As a step does. A call that is denied throws. */
    private void nodesPutAndGet(String bucket, String key) {
        nodeS3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("text"));
        assertThat(nodesGet(bucket, key)).isEqualTo("text");
    }

    private String nodesGet(String bucket, String key) {
        return nodeS3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asUtf8String();
    }

    private String policies(String role) {
        return emr.aws()
                .inspect(() -> emr.aws().iam().roles().get(role).inlinePolicies().values().stream()
                        .collect(Collectors.joining("\n")));
    }

    private CommandResult check() {
        return emr.run("-a", "plan", "-t", "emr", "--check");
    }

    private static String statement(String sid, String actions, String key, String condition) {
        return "{\"Sid\":\"" + sid + "\",\"Effect\":\"Allow\",\"Action\":[" + actions + "],\"Resource\":[\"" + key
                + "\"]" + condition + "}";
    }

    private static String policy(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, KEY_ID, "alias/company", "arn:aws:kms:us-east-1:123456789012:alias/company"})
    void nodesUseTheKeyOfAGivenBucket(String reference) {
        emr.aws().account().encryptedBucket("company", reference);
        emr.clusterFileWith("\"bucket\": \"company\"");

        CommandResult created = emr.create();

        assertThat(created.code()).isZero();
        assertThat(created.err()).doesNotContain("warning");
        nodesPutAndGet("company", "output/a");
    }

    /** ETags are no MD5s there, which uploads and downloads compare elsewhere. */
    @Test
    void aPipelineRunsInAnEncryptedBucket() {
        SampleFiles.writeTo(emr.cli());
        emr.aws().account().encryptedBucket("company", KEY);
        emr.clusterFileWith("\"bucket\": \"company\", \"prefix\": \"books\"");
        emr.aws()
                .emr()
                .scriptSteps(name ->
                        StepScript.completesAfter(Duration.ofSeconds(40)).withProgram(emr::writeOutput));
        emr.create();

        CommandResult added = emr.run("-a", "add_steps");
        CommandResult executed = emr.run("-a", "execute_steps");
        CommandResult fetched = emr.run("-a", "fetch_output");
        CommandResult again = emr.run("-a", "fetch_output");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(executed.code()).as(executed.err()).isZero();
        assertThat(fetched.code()).as(fetched.err()).isZero();
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(emr.cli().path("results/clouds/clouds/part-00000.csv")).hasContent("word\nemma\n");
        nodesPutAndGet("company", "books/output/a");
        assertThat(emr.terminate().code()).isZero();
    }

    @Test
    void nodesUseTheKeysOfTheBucketsOfLogsAndScripts() {
        emr.aws().account().encryptedBucket("logs", KEY);
        emr.aws().account().encryptedBucket("scripts", KEY.replace(KEY_ID, "second"));
        emr.aws().account().object("scripts", "prepare.sh", "true");
        emr.cli().file(EmrCliFixture.CLUSTER_FILE, """
                        {"InstanceFleets": [
                          {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1,
                           "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]},
                          {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 1,
                           "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]}],
                         "LogUri": "s3://logs/emr/",
                         "BootstrapActions": [
                           {"Name": "prepare", "ScriptBootstrapAction": {"Path": "s3://scripts/prepare.sh"}},
                           {"Name": "emr", "ScriptBootstrapAction": {"Path": "s3://us-east-1.elasticmapreduce/run-if"}}]}
                        """);

        CommandResult created = emr.create();

        assertThat(created.code()).as(created.err()).isZero();
        assertThat(created.err()).doesNotContain("warning");
        assertThat(policies(NODES))
                .contains(statement("BucketKey1", USE, KEY, ""))
                .contains(statement(
                        "BucketKey2", "\"kms:Decrypt\",\"kms:DescribeKey\"", KEY.replace(KEY_ID, "second"), ""));
        assertThat(emr.aws().calls().named("GetBucketEncryption")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alias/aws/s3"})
    void awsManagedKeysNeedNoPolicy(String reference) {
        emr.aws().account().encryptedBucket("company", reference);
        emr.aws().ec2().encryptEbsByDefault("alias/aws/ebs");
        emr.clusterFileWith("\"bucket\": \"company\"");

        assertThat(emr.create().code()).isZero();

        assertThat(policies(NODES) + policies(SERVICE)).doesNotContain("kms:");
        nodesPutAndGet("company", "output/a");
    }

    @Test
    void instancesStartWithTheDefaultKeyOfVolumes() {
        emr.aws().ec2().encryptEbsByDefault(KEY);

        CommandResult created = emr.create();

        assertThat(created.code()).as(created.err()).isZero();
        assertThat(policies(SERVICE))
                .contains(statement("DiskKey", USE, KEY, ""))
                .contains(statement(
                        "DiskKeyForEc2",
                        "\"kms:CreateGrant\"",
                        KEY,
                        ",\"Condition\":{\"Bool\":{\"kms:GrantIsForAWSResource\":\"true\"}}"));
        assertThat(policies(NODES)).contains("\"Sid\":\"DiskKey\"");
    }

    @Test
    void theKeyOfTheClusterFileReplacesTheDefaultKeyOfVolumes() {
        emr.aws().ec2().encryptEbsByDefault(KEY.replace(KEY_ID, "second"));
        emr.clusterFileWith("\"disk_encryption_key\": \"" + KEY + "\"");

        assertThat(emr.create().code()).isZero();

        assertThat(policies(SERVICE)).contains(KEY).doesNotContain("second");
        assertThat(emr.aws().calls().named("GetEbsEncryptionByDefault")).isEmpty();
    }

    @Test
    void thePlanShowsTheKeysThatItFound() {
        emr.aws().ec2().encryptEbsByDefault(KEY);

        assertThat(emr.run("-a", "plan", "-t", "emr", "--check", "--output", "json")
                        .out())
                .contains(KEY);
        assertThat(emr.run("-a", "plan", "-t", "emr", "--output", "json").out()).doesNotContain(KEY);
    }

    @Test
    void saysWhatTheOwnerOfAKeyMustAllow() {
        emr.aws().account().encryptedBucket("company", FOREIGN_KEY);
        emr.aws().ec2().encryptEbsByDefault(FOREIGN_KEY);
        emr.clusterFileWith("\"bucket\": \"company\"");

        CommandResult planned = check();

        assertThat(planned.code()).isZero();
        assertThat(planned.err()).isEqualTo("""
                        warning: The KMS key KEY, which encrypts new EBS volumes by default, belongs to account 999999999999. Unless its key policy allows arn:aws:iam::123456789012:root to call USE, kms:CreateGrant, its owner must add that; otherwise no instance starts.
                        warning: The KMS key KEY, which encrypts new objects in bucket company by default, belongs to account 999999999999. Unless its key policy allows arn:aws:iam::123456789012:root to call USE, its owner must add that; otherwise nodes get AccessDenied from S3.
                        """.replace("KEY", FOREIGN_KEY).replace("USE", USE_ENGLISH));
    }

    @Test
    void saysWhatGivenRolesLack() {
        emr.aws().account().encryptedBucket("company", KEY);
        emr.aws().ec2().encryptEbsByDefault(KEY);
        emr.aws().account().role("service");
        emr.aws().account().instanceProfile("nodes");
        emr.clusterFileWith("\"bucket\": \"company\", \"ServiceRole\": \"service\", \"JobFlowRole\": \"nodes\"");
        String diskKey = statement("DiskKey", USE, KEY, "");
        String grant = statement(
                "DiskKeyForEc2",
                "\"kms:CreateGrant\"",
                KEY,
                ",\"Condition\":{\"Bool\":{\"kms:GrantIsForAWSResource\":\"true\"}}");
        String nodesDiskKey = statement(
                "DiskKey", "\"kms:Decrypt\",\"kms:DescribeKey\",\"kms:Encrypt\",\"kms:GenerateDataKey\"", KEY, "");

        CommandResult planned = check();

        assertThat(planned.code()).isZero();
        assertThat(planned.err())
                .isEqualTo("warning: JobFlowRole: the role of 'nodes' is not changed, and a KMS key encrypts new EBS"
                        + " volumes by default. Unless it has this policy, add it; otherwise nodes may fail to start: "
                        + policy(nodesDiskKey)
                        + "\nwarning: JobFlowRole: the role of 'nodes' is not changed, and a KMS key encrypts new objects in"
                        + " bucket company by default. Unless it has this policy, add it; otherwise nodes get AccessDenied"
                        + " from S3: " + policy(statement("BucketKey1", USE, KEY, ""))
                        + "\nwarning: ServiceRole: 'service' is not changed, and a KMS key encrypts new EBS"
                        + " volumes by default. Unless it has this policy, add it; otherwise no instance starts: "
                        + policy(diskKey, grant) + "\n");
    }

    @Test
    void saysWhatItMayNotRead() {
        emr.aws().account().bucket("company");
        emr.aws().faults().deny("s3", "GetBucketEncryption");
        emr.aws().faults().deny("ec2", "GetEbsEncryptionByDefault");
        emr.clusterFileWith("\"bucket\": \"company\"");

        CommandResult planned = check();

        assertThat(planned.code()).isZero();
        assertThat(planned.err()
                        .lines()
                        .map(line -> line.replaceFirst(" (AccessDenied|UnauthorizedOperation): .*", "")))
                .containsExactly(
                        "warning: Not checked: the default encryption of EBS volumes (ec2:GetEbsEncryptionByDefault,"
                                + " ec2:GetEbsDefaultKmsKeyId); if that is a KMS key, EMR is not allowed to use it, and no"
                                + " instance starts. Could not get the default encryption of EBS volumes.",
                        "warning: Not checked: the default encryption of bucket company (s3:GetEncryptionConfiguration); if"
                                + " that is a KMS key, the nodes are not allowed to use it, and get AccessDenied from S3."
                                + " Could not get the encryption of the bucket company.");
    }

    @Test
    void stepsUseTheKeysOfTheBucketsThatTheyName() {
        emr.aws().account().encryptedBucket("books", KEY_ID);
        emr.aws().account().object("books", "titles", "title\nEmma\n");
        emr.aws().account().encryptedBucket("results", KEY);
        emr.create();

        CommandResult added = emr.run("-a", "add_steps");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.err()).doesNotContain("warning");
        assertThat(nodesGet("books", "titles")).isEqualTo("title\nEmma\n");
        nodesPutAndGet("results", "a/part-0");
        assertThat(policies(NODES))
                .contains(statement(
                        "UseTheKey",
                        "\"kms:Decrypt\",\"kms:DescribeKey\"",
                        "arn:aws:kms:*:123456789012:key/" + KEY_ID,
                        ""));
    }

    @Test
    void saysWhichKeysOfStepsAreNotGranted() {
        emr.aws().account().encryptedBucket("books", FOREIGN_KEY);
        emr.aws().s3().addForeignName("results");
        emr.create();

        CommandResult added = emr.run("-a", "add_steps");

        assertThat(added.code()).isZero();
        assertThat(added.err())
                .contains("warning: The KMS key " + FOREIGN_KEY
                        + ", which encrypts new objects in bucket books by default,"
                        + " belongs to account 999999999999. Unless its key policy allows arn:aws:iam::123456789012:root to"
                        + " call kms:Decrypt, kms:DescribeKey, its owner must add that; otherwise nodes get AccessDenied from"
                        + " S3.\n")
                .contains("warning: Not checked: the default encryption of bucket results"
                        + " (s3:GetEncryptionConfiguration); if that is a KMS key, the nodes are not allowed to use it, and"
                        + " get AccessDenied from S3. Could not get the encryption of the bucket results. AccessDenied:"
                        + " Access Denied. Ask your AWS administrator for this permission.\n");
    }
}
