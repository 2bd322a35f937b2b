package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.ClusterFileFixture.lines;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Cluster.ManagedScaling;
import org.emrelay.runner.model.Cluster.SecurityGroups;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterKeysTest {
    @TempDir
    Path directory;

    private ClusterFileFixture file;

    @BeforeEach
    void setUp() {
        file = new ClusterFileFixture(directory);
    }

    @Test
    void rejectsInvalidReleaseLabels() {
        assertThat(problems("\"ReleaseLabel\": \"7.13\""))
                .isEqualTo("ReleaseLabel: '7.13' is not an EMR release, such as emr-7.13.0.");
    }

    @Test
    void warnsOfReleasesOtherThanEmr7() {
        assertThat(problems("\"ReleaseLabel\": \"emr-6.2.0\""))
                .isEqualTo("warning: ReleaseLabel: emr-6.2.0 is out of support, and its Spark and Java are older than"
                        + " those of the bundled jobs. Use emr-7.13.0.");
        assertThat(problems("\"ReleaseLabel\": \"emr-spark-8.0.0\""))
                .isEqualTo("warning: ReleaseLabel: emr-spark-8.0.0 does not run Spark 3.5 and Scala 2.12, which the"
                        + " bundled jobs require. Use emr-7.13.0, or your own jars.");
        assertThat(problems("\"ReleaseLabel\": \"emr-7.0.0\"")).isEmpty();
    }

    @Test
    void sparkIsRequired() {
        assertThat(problems("\"Applications\": [{\"Name\": \"Hadoop\"}]"))
                .isEqualTo("Applications: Spark is missing, but every step needs it. Add {\"Name\": \"Spark\"}.");
        assertThat(problems("\"Applications\": [{\"Name\": \"Sparck\"}, {\"Name\": \"sparck\"}]"))
                .isEqualTo("Applications[1].Name: 'sparck' is listed twice.\nApplications: Spark is missing, but every"
                        + " step needs it. Did you mean 'Spark' instead of 'Sparck'?");
        assertThat(problems("\"Applications\": [{\"Name\": \"spark\"}]")).isEmpty();
    }

    @Test
    void checksNestedConfigurations() {
        assertThat(problems("""
                                "Configurations": [
                                  {"Classification": "spark-default", "Properties": {"a": 1}},
                                  {"Classification": "spark-env", "Properties": {"X": "1"}, "Configurations": [
                                    {"Classification": "export"}, {"Classification": "export"}]},
                                  {"Properties": {}}, {"Classification": " "}]""")).isEqualTo("""
                        Configurations[0].Properties.a: must be a string, not the number 1.
                        Configurations[2].Classification: required key is missing.
                        warning: Configurations[0].Classification: 'spark-default' is not a common classification. Did you mean 'spark-defaults'?
                        warning: Configurations[1].Properties: EMR reads the variables of 'spark-env' only from a nested configuration. Move them to a nested configuration with the classification export.
                        Configurations[1].Configurations[1].Classification: 'export' is listed twice. Merge its properties into one entry.
                        Configurations[3].Classification: the classification is empty.""");
    }

    @Test
    void warnsOfSecretsInConfigurations() {
        assertThat(problems("""
                                "Configurations": [{"Classification": "hive-site", "Properties": {
                                  "javax.jdo.option.ConnectionPassword": "p", "javax.jdo.option.ConnectionUserName": "u"}}]""")).isEqualTo("""
                        warning: Configurations[0].Properties['javax.jdo.option.ConnectionPassword']: is a secret by its name, but EMR shows configurations to everyone who can describe the cluster. Read it in the job from AWS Secrets Manager or an SSM parameter.""");
    }

    @Test
    void warnsOfSparkNlpTooOldForRelease() {
        String configuration = "\"Configurations\": [{\"Classification\": \"spark-defaults\", \"Properties\":"
                + " {\"spark.jars.packages\": \"a:b:1, com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0\"}}]";
        assertThat(problems(configuration))
                .isEqualTo("warning: Configurations[0].Properties['spark.jars.packages']:"
                        + " com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0 is built for a Spark older than the 3.5 of"
                        + " emr-7.13.0. Use com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3.");
        assertThat(problems(configuration.replace("3.1.0", "5.5.3"))).isEmpty();
    }

    @Test
    void checksAmisAndRootVolumes() {
        assertThat(problems("\"CustomAmiId\": \"ami-1\", \"OSReleaseLabel\": \"newest\""))
                .isEqualTo("""
                        OSReleaseLabel: 'newest' is not an Amazon Linux release, such as 2023.9.20251027.0.
                        OSReleaseLabel: cannot be combined with CustomAmiId, which has its own operating system. Remove one of them.
                        CustomAmiId: 'ami-1' is not an AMI id, such as ami-0123456789abcdef0.""");
        assertThat(problems("\"RepoUpgradeOnBoot\": \"NONE\""))
                .isEqualTo("RepoUpgradeOnBoot: is only allowed with CustomAmiId. Remove it.");
        assertThat(problems("\"EbsRootVolumeSize\": 10"))
                .isEqualTo("EbsRootVolumeSize: must be between 15 and 100, not 10.");
        assertThat(problems(
                        "\"EbsRootVolumeSize\": 20, \"EbsRootVolumeIops\": 16000, \"EbsRootVolumeThroughput\": 1000"))
                .isEqualTo("EbsRootVolumeIops: a volume of 20 GiB supports at most 10000 IOPS, not 16000. Lower it, or"
                        + " raise EbsRootVolumeSize.");
        assertThat(problems("\"EbsRootVolumeThroughput\": 1000"))
                .isEqualTo("EbsRootVolumeThroughput: 3000 IOPS support at most 750 MiB/s, not 1000. Lower it, or raise"
                        + " EbsRootVolumeIops.");
    }

    @Test
    void checksSubnetIdsAndWarnsOfShortOnes() {
        assertThat(problems("\"Ec2SubnetIds\": [\"subnet-0123456789abcdef0\"]")).isEmpty();
        assertThat(problems("\"Ec2SubnetIds\": [\"subnet-0123456789abcdef0\", \"vpc-1\","
                        + " \"subnet-0123456789abcdef0\"]"))
                .isEqualTo("""
                        Ec2SubnetIds[1]: 'vpc-1' is not the id of a subnet, such as subnet-0123456789abcdef0.
                        Ec2SubnetIds[2]: 'subnet-0123456789abcdef0' is listed twice.""");
        assertThat(problems("\"Ec2SubnetIds\": [\"subnet-f384febf\", \"subnet-9cc763f7\"]"))
                .isEqualTo(
                        "warning: Ec2SubnetIds: subnet-f384febf, subnet-9cc763f7 may belong to another account: EC2 has"
                                + " not issued such short ids since 2018. Specify subnets of your own account, or"
                                + " remove the key to use its default VPC.");
    }

    @Test
    void securityGroupsAreAllOrNone() {
        assertThat(problems("\"EmrManagedMasterSecurityGroup\": \"sg-01234567\""))
                .isEqualTo(
                        "EmrManagedSlaveSecurityGroup: required key is missing: EMR accepts either all managed security"
                                + " groups or none. Set both EmrManagedMasterSecurityGroup and"
                                + " EmrManagedSlaveSecurityGroup, or no group at all.");
        assertThat(problems("\"EmrManagedMasterSecurityGroup\": \"sg-01234567\", \"EmrManagedSlaveSecurityGroup\":"
                        + " \"core\", \"ServiceAccessSecurityGroup\": \"sg-01234568\""))
                .isEqualTo("""
                        EmrManagedSlaveSecurityGroup: 'core' is not the id of a security group, such as sg-0123456789abcdef0.
                        warning: ServiceAccessSecurityGroup: applies to private subnets only, but without Ec2SubnetIds the public subnets of the default VPC are used. Set Ec2SubnetIds to private subnets, or remove this key.""");
        Cluster cluster = cluster("\"EmrManagedMasterSecurityGroup\": \"sg-01234567\","
                + " \"EmrManagedSlaveSecurityGroup\": \"sg-01234568\"");
        assertThat(cluster.network().securityGroups())
                .isEqualTo(new SecurityGroups("sg-01234567", "sg-01234568", null));
    }

    @Test
    void checksNamesAndArnsOfRolesPoliciesAndKeys() {
        assertThat(problems("\"ServiceRole\": \"a role\", \"JobFlowRole\": \"arn:aws:iam::1:role/x\","
                        + " \"permissions_boundary\": \"b\", \"extra_policies\": [\"p\"], \"disk_encryption_key\": \"k\","
                        + " \"LogEncryptionKmsKeyId\": \"l\""))
                .isEqualTo("""
                        warning: extra_policies: has no effect: JobFlowRole names an existing instance profile, and the runner does not modify existing roles. Remove this key and grant the permissions in IAM.
                        warning: permissions_boundary: has no effect: ServiceRole and JobFlowRole name existing roles, and the runner does not modify existing roles. Remove this key and grant the permissions in IAM.
                        ServiceRole: 'a role' is not the name or ARN of a role.
                        JobFlowRole: 'arn:aws:iam::1:role/x' is not the name or ARN of an instance profile.
                        permissions_boundary: 'b' is not the ARN of a policy, such as arn:aws:iam::123456789012:policy/name.
                        extra_policies[0]: 'p' is not the ARN of a policy, such as arn:aws:iam::123456789012:policy/name.
                        disk_encryption_key: 'k' is not the ARN of a KMS key, such as arn:aws:kms:us-east-1:123456789012:key/….
                        LogEncryptionKmsKeyId: 'l' is not the ARN of a KMS key, such as arn:aws:kms:us-east-1:123456789012:key/….""");
        assertThat(problems("\"ServiceRole\": \"arn:aws-cn:iam::123456789012:role/path/of/EMR_Role\", \"JobFlowRole\":"
                        + " \"EMR_EC2_DefaultRole\""))
                .isEmpty();
        assertThat(problems("\"extra_policies\": [\"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\"],"
                        + " \"session_manager\": true, \"disk_encryption_key\":"
                        + " \"arn:aws:kms:eu-west-1:123456789012:key/0a0a0a0a-1111-2222-3333-444444444444\""))
                .isEmpty();
    }

    @Test
    void existingIamResourcesAreNotModified() {
        assertThat(problems("\"SecurityConfiguration\": \"ours\", \"disk_encryption_key\":"
                        + " \"arn:aws:kms:eu-west-1:123456789012:alias/disks\""))
                .isEqualTo("disk_encryption_key: cannot be combined with SecurityConfiguration. Set the key in that"
                        + " security configuration, or remove SecurityConfiguration.");
        assertThat(problems("\"JobFlowRole\": \"x\", \"session_manager\": true"))
                .isEqualTo("warning: session_manager: has no effect: JobFlowRole names an existing instance profile,"
                        + " and the runner does not modify existing roles. Remove this key and grant the permissions"
                        + " in IAM.");
    }

    @Test
    void checksBucketPrefixAndLogUri() {
        assertThat(problems("\"bucket\": \"s3://mine/x\""))
                .isEqualTo(
                        "bucket: 's3://mine/x' is not a valid bucket name. Use the bare name without s3://, and put the"
                                + " path into prefix.");
        assertThat(problems("\"bucket\": \"My_Bucket\""))
                .isEqualTo("bucket: 'My_Bucket' is not a valid bucket name. Bucket names have 3 to 63 characters:"
                        + " lowercase letters, digits, hyphens and dots.");
        assertThat(problems("\"bucket\": \"mine\", \"prefix\": \"../x\""))
                .isEqualTo("prefix: '../x' is not a valid key prefix. Use names separated by slashes, such as"
                        + " team/pipelines.");
        assertThat(problems("\"prefix\": \"x\""))
                .isEqualTo("prefix: is only allowed with bucket: a bucket created for the cluster has no prefix. Set"
                        + " bucket, or remove prefix.");
        assertThat(problems("\"LogUri\": \"s3n://mine/logs\""))
                .isEqualTo("LogUri: 's3n://mine/logs' is not a log location, such as s3://bucket/logs.");
        Cluster cluster = cluster("\"bucket\": \"mine\", \"prefix\": \"team/a/\", \"LogUri\": \"s3://logs/emr/\"");
        assertThat(cluster.storage().prefix()).isEqualTo("team/a");
    }

    @Test
    void checksLifecycleLimits() {
        assertThat(problems("\"AutoTerminationPolicy\": {\"IdleTimeout\": 59}, \"StepConcurrencyLevel\": 257,"
                        + " \"ScaleDownBehavior\": \"NOW\""))
                .isEqualTo("""
                        AutoTerminationPolicy.IdleTimeout: must be between 60 and 604800, not 59.
                        ScaleDownBehavior: must be one of TERMINATE_AT_INSTANCE_HOUR, TERMINATE_AT_TASK_COMPLETION, not 'NOW'.
                        StepConcurrencyLevel: must be between 1 and 256, not 257.""");
        assertThat(cluster("\"AutoTerminationPolicy\": {\"IdleTimeout\": 60}")
                        .lifecycle()
                        .idleTimeout())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(problems("\"KeepJobFlowAliveWhenNoSteps\": false"))
                .isEqualTo("warning: KeepJobFlowAliveWhenNoSteps: is false: a cluster started by create_cluster has no"
                        + " steps yet and terminates immediately. Remove the key: idle clusters terminate after"
                        + " AutoTerminationPolicy.IdleTimeout seconds.");
    }

    @Test
    void checksManagedScalingLimits() {
        assertThat(scaling("\"UnitType\": \"VCPU\", \"MinimumCapacityUnits\": 5, \"MaximumCapacityUnits\": 4,"
                        + " \"MaximumOnDemandCapacityUnits\": 9, \"MaximumCoreCapacityUnits\": 0"))
                .isEqualTo("""
                        ManagedScalingPolicy.ComputeLimits.UnitType: 'VCPU' applies to instance groups; fleets use InstanceFleetUnits. Remove the key.
                        ManagedScalingPolicy.ComputeLimits.MinimumCapacityUnits: is 5, which exceeds MaximumCapacityUnits (4).
                        ManagedScalingPolicy.ComputeLimits.MaximumOnDemandCapacityUnits: is 9, which exceeds MaximumCapacityUnits (4).
                        ManagedScalingPolicy.ComputeLimits.MaximumCoreCapacityUnits: must be between 1 and 1000000, not 0.""");
        assertThat(scaling("\"MinimumCapacityUnits\": 1, \"MaximumCapacityUnits\": 1"))
                .isEqualTo("warning: ManagedScalingPolicy.ComputeLimits.MaximumCapacityUnits: the core and task fleets"
                        + " start with 2 units, which exceeds this limit of 1. Raise the limit to 2 or more, or lower"
                        + " the fleets' target capacities.");
        String limits = "\"ManagedScalingPolicy\": {\"ComputeLimits\": {\"MinimumCapacityUnits\": 1,"
                + " \"MaximumCapacityUnits\": 8}, \"ScalingStrategy\": \"ADVANCED\"}";
        assertThat(cluster(limits).lifecycle().scaling()).isEqualTo(new ManagedScaling(1, 8, null, null, 50));
        assertThat(problems(limits.replace("\"ADVANCED\"", "\"DEFAULT\", \"UtilizationPerformanceIndex\": 60")))
                .isEqualTo("""
                        ManagedScalingPolicy.UtilizationPerformanceIndex: must be 1, 25, 50, 75 or 100, not 60.
                        ManagedScalingPolicy.UtilizationPerformanceIndex: requires the ADVANCED scaling strategy. Set ScalingStrategy to ADVANCED.""");
    }

    @Test
    void checksTags() {
        assertThat(problems("\"Tags\": [{\"Key\": \"aws:x\"}, {\"Key\": \"\"}, {\"Key\": \"a\", \"Value\": \"b;c\"},"
                        + " {\"Key\": \"a\", \"Value\": \"" + "v".repeat(257) + "\"}]"))
                .isEqualTo("""
                        Tags[0].Key: 'aws:x' starts with aws:, which AWS reserves.
                        Tags[1].Key: the tag key is empty.
                        Tags[2].Value: 'b;c' contains a character that AWS does not allow in tags. Allowed: letters, digits, spaces and _ . : / = + - @.
                        Tags[3].Key: the tag 'a' is listed twice.
                        Tags[3].Value: has 257 characters; AWS allows at most 256.""");
        String many = IntStream.range(0, 41)
                .mapToObj(i -> "{\"Key\": \"k" + i + "\"}")
                .collect(Collectors.joining(", "));
        assertThat(problems("\"Tags\": [" + many + "]"))
                .isEqualTo("Tags: there are 41 tags; at most 40 are allowed, because AWS allows 50 and the runner adds"
                        + " up to 10.");
    }

    @Test
    void rejectsYarnMemoryAboveInstanceMemory() {
        String configuration = "\"Configurations\": [{\"Classification\": \"yarn-site\", \"Properties\":"
                + " {\"yarn.nodemanager.resource.memory-mb\": \"16385\"}}]";
        assertThat(problems(configuration))
                .isEqualTo("Configurations[0].Properties['yarn.nodemanager.resource.memory-mb']: 16385 MB exceeds the"
                        + " memory of m5.xlarge in the core fleet: 16384 MB. EMR's default is 12288; remove"
                        + " the property to use it.");
        assertThat(problems(configuration.replace("16385", "16384"))).isEmpty();
        assertThat(problems(configuration.replace("16385", "12G")))
                .isEqualTo(
                        "Configurations[0].Properties['yarn.nodemanager.resource.memory-mb']: '12G' is not a number of"
                                + " megabytes, such as 24576.");
    }

    private String scaling(String limits) {
        return problems("\"ManagedScalingPolicy\": {\"ComputeLimits\": {" + limits + "}}");
    }

    private String problems(String keys) {
        return String.join("\n", lines(file.withKeys(keys)));
    }

    private Cluster cluster(String keys) {
        return file.withKeys(keys).usable().orElseThrow();
    }
}
