package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.ClusterFileText.lines;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterLifecycle.ManagedScaling;
import org.emrelay.runner.model.ClusterNetwork.SecurityGroups;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterKeysTest {
    @TempDir
    Path directory;

    private ClusterFileText file;

    @BeforeEach
    void setUp() {
        file = new ClusterFileText(directory);
    }

    @Test
    void aReleaseIsSpelledAsEmrDoes() {
        assertThat(problems("\"ReleaseLabel\": \"7.13\""))
                .isEqualTo("ReleaseLabel: '7.13' is not a release of EMR, such as emr-7.13.0.");
    }

    @Test
    void anotherReleaseThanEmr7IsWorthAWord() {
        assertThat(problems("\"ReleaseLabel\": \"emr-6.2.0\""))
                .isEqualTo(
                        "warning: ReleaseLabel: emr-6.2.0 is out of support: AWS no longer mends it, and its Spark and"
                                + " Java are older than what the jobs here are built for. Use emr-7.13.0.");
        assertThat(problems("\"ReleaseLabel\": \"emr-spark-8.0.0\""))
                .isEqualTo("warning: ReleaseLabel: emr-spark-8.0.0 runs another Spark and Scala than the 3.5 and 2.12"
                        + " that the jobs here are built for. Use emr-7.13.0, or jars of your own.");
        assertThat(problems("\"ReleaseLabel\": \"emr-7.0.0\"")).isEmpty();
    }

    @Test
    void everyStepNeedsSpark() {
        assertThat(problems("\"Applications\": [{\"Name\": \"Hadoop\"}]"))
                .isEqualTo(
                        "Applications: Spark is not among them, and every step needs it. Add {\"Name\": \"Spark\"}.");
        assertThat(problems("\"Applications\": [{\"Name\": \"Sparck\"}, {\"Name\": \"sparck\"}]"))
                .isEqualTo("Applications[1].Name: 'sparck' stands twice.\nApplications: Spark is not among them, and"
                        + " every step needs it. Did you mean 'Spark' by 'Sparck'?");
        assertThat(problems("\"Applications\": [{\"Name\": \"spark\"}]")).isEmpty();
    }

    @Test
    void settingsNestAndEachClassificationStandsOnce() {
        assertThat(problems("""
                                "Configurations": [
                                  {"Classification": "spark-default", "Properties": {"a": 1}},
                                  {"Classification": "spark-env", "Properties": {"X": "1"}, "Configurations": [
                                    {"Classification": "export"}, {"Classification": "export"}]},
                                  {"Properties": {}}, {"Classification": " "}]""")).isEqualTo("""
                        Configurations[0].Properties.a: must be a string, not the number 1.
                        Configurations[2].Classification: this key is missing.
                        warning: Configurations[0].Classification: 'spark-default' is not a common classification. Did you mean 'spark-defaults'?
                        warning: Configurations[1].Properties: EMR takes the variables of 'spark-env' from a nested configuration only. Move them into Configurations, below a Classification named export.
                        Configurations[1].Configurations[1].Classification: 'export' stands twice in this list. Put all its properties into one.
                        Configurations[3].Classification: the classification is empty.""");
    }

    @Test
    void aSparkNlpOlderThanTheReleasesSparkIsWorthAWord() {
        String configuration = "\"Configurations\": [{\"Classification\": \"spark-defaults\", \"Properties\":"
                + " {\"spark.jars.packages\": \"a:b:1, com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0\"}}]";
        assertThat(problems(configuration))
                .isEqualTo("warning: Configurations[0].Properties['spark.jars.packages']:"
                        + " com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0 was made for a Spark older than the 3.5 of"
                        + " emr-7.13.0. Use com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3.");
        assertThat(problems(configuration.replace("3.1.0", "5.5.3"))).isEmpty();
    }

    @Test
    void imagesAndRootVolumesFollowTheirRules() {
        assertThat(problems("\"CustomAmiId\": \"ami-1\", \"OSReleaseLabel\": \"newest\""))
                .isEqualTo("""
                        OSReleaseLabel: 'newest' is not a release of Amazon Linux, such as 2023.9.20251027.0.
                        OSReleaseLabel: stands beside CustomAmiId, which brings its own operating system. Remove one of the two.
                        CustomAmiId: 'ami-1' is not the id of a machine image, such as ami-0123456789abcdef0.""");
        assertThat(problems("\"RepoUpgradeOnBoot\": \"NONE\""))
                .isEqualTo("RepoUpgradeOnBoot: means something beside CustomAmiId only. Remove it.");
        assertThat(problems("\"EbsRootVolumeSize\": 10"))
                .isEqualTo("EbsRootVolumeSize: must be from 15 to 100, not 10.");
        assertThat(problems(
                        "\"EbsRootVolumeSize\": 20, \"EbsRootVolumeIops\": 16000, \"EbsRootVolumeThroughput\": 1000"))
                .isEqualTo("EbsRootVolumeIops: a volume of 20 GiB takes at most 10000, not 16000. Lower it, or raise"
                        + " EbsRootVolumeSize.");
        assertThat(problems("\"EbsRootVolumeThroughput\": 1000"))
                .isEqualTo(
                        "EbsRootVolumeThroughput: with 3000 operations a second it is at most 750, not 1000. Lower it,"
                                + " or raise EbsRootVolumeIops.");
    }

    @Test
    void subnetsAreIdsAndOldOnesMayBelongToSomebodyElse() {
        assertThat(problems("\"Ec2SubnetIds\": [\"subnet-0123456789abcdef0\"]")).isEmpty();
        assertThat(problems("\"Ec2SubnetIds\": [\"subnet-0123456789abcdef0\", \"vpc-1\","
                        + " \"subnet-0123456789abcdef0\"]"))
                .isEqualTo("""
                        Ec2SubnetIds[1]: 'vpc-1' is not the id of a subnet, such as subnet-0123456789abcdef0.
                        Ec2SubnetIds[2]: 'subnet-0123456789abcdef0' stands twice.""");
        assertThat(problems("\"Ec2SubnetIds\": [\"subnet-f384febf\", \"subnet-9cc763f7\"]"))
                .isEqualTo(
                        "warning: Ec2SubnetIds: subnet-f384febf, subnet-9cc763f7 may not be yours: EC2 has given out no"
                                + " such short ids since 2018. Name subnets of your own account, or remove the key to use its"
                                + " default VPC.");
    }

    @Test
    void securityGroupsAreAllGivenOrNone() {
        assertThat(problems("\"EmrManagedMasterSecurityGroup\": \"sg-01234567\""))
                .isEqualTo(
                        "EmrManagedSlaveSecurityGroup: this key is missing: EMR takes either all security groups from"
                                + " you or none. Name EmrManagedMasterSecurityGroup and EmrManagedSlaveSecurityGroup both, or"
                                + " no group at all.");
        assertThat(problems("\"EmrManagedMasterSecurityGroup\": \"sg-01234567\", \"EmrManagedSlaveSecurityGroup\":"
                        + " \"core\", \"ServiceAccessSecurityGroup\": \"sg-01234568\""))
                .isEqualTo("""
                        EmrManagedSlaveSecurityGroup: 'core' is not the id of a security group, such as sg-0123456789abcdef0.
                        warning: ServiceAccessSecurityGroup: serves private subnets only, and the default VPC's, which are used here, are public. Name the private subnets in Ec2SubnetIds, or remove this key.""");
        Cluster cluster = cluster("\"EmrManagedMasterSecurityGroup\": \"sg-01234567\","
                + " \"EmrManagedSlaveSecurityGroup\": \"sg-01234568\"");
        assertThat(cluster.network().securityGroups())
                .isEqualTo(new SecurityGroups("sg-01234567", "sg-01234568", null));
    }

    @Test
    void rolesPoliciesAndKeysAreNamesOrArns() {
        assertThat(problems("\"ServiceRole\": \"a role\", \"JobFlowRole\": \"arn:aws:iam::1:role/x\","
                        + " \"permissions_boundary\": \"b\", \"extra_policies\": [\"p\"], \"disk_encryption_key\": \"k\","
                        + " \"LogEncryptionKmsKeyId\": \"l\""))
                .isEqualTo("""
                        warning: extra_policies: has no effect: the role of JobFlowRole, which is given, cannot be changed from here. Remove this key, and give the role what it needs in IAM.
                        warning: permissions_boundary: has no effect: ServiceRole and JobFlowRole, which are given, cannot be changed from here. Remove this key, and give the role what it needs in IAM.
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
    void aGivenSecurityConfigurationIsNotChanged() {
        assertThat(problems("\"SecurityConfiguration\": \"ours\", \"disk_encryption_key\":"
                        + " \"arn:aws:kms:eu-west-1:123456789012:alias/disks\""))
                .isEqualTo(
                        "disk_encryption_key: stands beside SecurityConfiguration, which is used as it is. Set the key"
                                + " in that security configuration, or remove SecurityConfiguration.");
        assertThat(problems("\"JobFlowRole\": \"x\", \"session_manager\": true"))
                .isEqualTo("warning: session_manager: has no effect: the role of JobFlowRole, which is given, cannot be"
                        + " changed from here. Remove this key, and give the role what it needs in IAM.");
    }

    @Test
    void bucketsAndPrefixesAreNames() {
        assertThat(problems("\"bucket\": \"s3://mine/x\""))
                .isEqualTo(
                        "bucket: 's3://mine/x' is not the name of a bucket. Write its name alone, without s3://; what"
                                + " follows it goes into prefix.");
        assertThat(problems("\"bucket\": \"My_Bucket\""))
                .isEqualTo("bucket: 'My_Bucket' is not the name of a bucket. A name has 3 to 63 characters: lower-case"
                        + " letters, digits, hyphens and dots.");
        assertThat(problems("\"bucket\": \"mine\", \"prefix\": \"../x\""))
                .isEqualTo("prefix: '../x' cannot begin the keys of a workspace. Write names with slashes between them,"
                        + " such as team/pipelines.");
        assertThat(problems("\"prefix\": \"x\""))
                .isEqualTo("prefix: stands without bucket: a bucket that is made for the cluster needs none. Name your"
                        + " bucket, or remove prefix.");
        assertThat(problems("\"LogUri\": \"s3n://mine/logs\""))
                .isEqualTo("LogUri: 's3n://mine/logs' is not a place for logs, such as s3://bucket/logs.");
        Cluster cluster = cluster("\"bucket\": \"mine\", \"prefix\": \"team/a/\", \"LogUri\": \"s3://logs/emr/\"");
        assertThat(cluster.storage().prefix()).isEqualTo("team/a");
    }

    @Test
    void timesAndConcurrencyAreWithinEmrsBounds() {
        assertThat(problems("\"AutoTerminationPolicy\": {\"IdleTimeout\": 59}, \"StepConcurrencyLevel\": 257,"
                        + " \"ScaleDownBehavior\": \"NOW\""))
                .isEqualTo("""
                        AutoTerminationPolicy.IdleTimeout: must be from 60 to 604800, not 59.
                        ScaleDownBehavior: must be TERMINATE_AT_INSTANCE_HOUR or TERMINATE_AT_TASK_COMPLETION, not 'NOW'.
                        StepConcurrencyLevel: must be from 1 to 256, not 257.""");
        assertThat(cluster("\"AutoTerminationPolicy\": {\"IdleTimeout\": 60}")
                        .lifecycle()
                        .idleTimeout())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(problems("\"KeepJobFlowAliveWhenNoSteps\": false"))
                .isEqualTo("warning: KeepJobFlowAliveWhenNoSteps: is false: a cluster that create_cluster starts has no"
                        + " steps yet and ends at once. Remove the key; an idle cluster ends by itself after"
                        + " AutoTerminationPolicy.IdleTimeout seconds.");
    }

    @Test
    void managedScalingsLimitsFitOneAnother() {
        assertThat(scaling("\"UnitType\": \"VCPU\", \"MinimumCapacityUnits\": 5, \"MaximumCapacityUnits\": 4,"
                        + " \"MaximumOnDemandCapacityUnits\": 9, \"MaximumCoreCapacityUnits\": 0"))
                .isEqualTo("""
                        ManagedScalingPolicy.ComputeLimits.UnitType: 'VCPU' is for instance groups; fleets are counted in InstanceFleetUnits. Remove the key.
                        ManagedScalingPolicy.ComputeLimits.MinimumCapacityUnits: is 5, more than MaximumCapacityUnits, 4.
                        ManagedScalingPolicy.ComputeLimits.MaximumOnDemandCapacityUnits: is 9, more than MaximumCapacityUnits, 4.
                        ManagedScalingPolicy.ComputeLimits.MaximumCoreCapacityUnits: must be from 1 to 1000000, not 0.""");
        assertThat(scaling("\"MinimumCapacityUnits\": 1, \"MaximumCapacityUnits\": 1"))
                .isEqualTo("warning: ManagedScalingPolicy.ComputeLimits.MaximumCapacityUnits: the core and task fleets"
                        + " start with 2 units, more than the 1 that scaling allows. Raise it to 2 or more, or lower"
                        + " the fleets' targets.");
        String limits = "\"ManagedScalingPolicy\": {\"ComputeLimits\": {\"MinimumCapacityUnits\": 1,"
                + " \"MaximumCapacityUnits\": 8}, \"ScalingStrategy\": \"ADVANCED\"}";
        assertThat(cluster(limits).lifecycle().scaling()).isEqualTo(new ManagedScaling(1, 8, null, null, 50));
        assertThat(problems(limits.replace("\"ADVANCED\"", "\"DEFAULT\", \"UtilizationPerformanceIndex\": 60")))
                .isEqualTo("""
                        ManagedScalingPolicy.UtilizationPerformanceIndex: must be 1, 25, 50, 75 or 100, not 60.
                        ManagedScalingPolicy.UtilizationPerformanceIndex: is for the strategy ADVANCED. Set ScalingStrategy to ADVANCED.""");
    }

    @Test
    void tagsFollowAwssRules() {
        assertThat(problems("\"Tags\": [{\"Key\": \"aws:x\"}, {\"Key\": \"\"}, {\"Key\": \"a\", \"Value\": \"b;c\"},"
                        + " {\"Key\": \"a\", \"Value\": \"" + "v".repeat(257) + "\"}]"))
                .isEqualTo("""
                        Tags[0].Key: 'aws:x' begins with aws:, which AWS keeps for itself.
                        Tags[1].Key: the key of the tag is empty.
                        Tags[2].Value: 'b;c' holds a character that tags may not have. Allowed are letters, digits, spaces and _ . : / = + - @.
                        Tags[3].Key: the tag 'a' stands twice.
                        Tags[3].Value: has 257 characters; AWS takes at most 256.""");
        String many = IntStream.range(0, 41)
                .mapToObj(i -> "{\"Key\": \"k" + i + "\"}")
                .collect(Collectors.joining(", "));
        assertThat(problems("\"Tags\": [" + many + "]"))
                .isEqualTo("Tags: there are 41 tags; AWS takes 50, of which 10 are left for the runner's own: 40 at"
                        + " most.");
    }

    @Test
    void yarnIsNotGivenMoreThanAMachineHas() {
        String given = "\"Configurations\": [{\"Classification\": \"yarn-site\", \"Properties\":"
                + " {\"yarn.nodemanager.resource.memory-mb\": \"16385\"}}]";
        assertThat(problems(given))
                .isEqualTo(
                        "Configurations[0].Properties['yarn.nodemanager.resource.memory-mb']: 16385 MB is more than a"
                                + " m5.xlarge of the core fleet has: 16384 MB. EMR's own value for it is 12288; remove the"
                                + " property to use it.");
        assertThat(problems(given.replace("16385", "16384"))).isEmpty();
        assertThat(problems(given.replace("16385", "12G")))
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
