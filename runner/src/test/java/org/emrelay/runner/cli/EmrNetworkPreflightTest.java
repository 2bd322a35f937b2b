package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.ec2.Vpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Warnings of networks that a cluster or its steps cannot use, before anything is created. */
final class EmrNetworkPreflightTest {
    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        emr.cli()
                .file("steps.json", "{\"steps\": [{\"name\": \"a\", \"script_uri\": \"job.py\"}]}")
                .file("job.py", "print('job')\n");
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unsupported()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    private CommandResult check() {
        return emr.run("-a", "plan", "-t", "emr", "--check");
    }

    @Test
    void warnsOfPublicSubnetsThatAssignNoPublicAddresses() {
        Vpc vpc = emr.aws().account().vpc();
        String without = emr.aws()
                .account()
                .publicSubnetWithoutAddresses(vpc, "us-east-1a")
                .id();
        String with = emr.aws().account().publicSubnet(vpc, "us-east-1b").id();
        emr.clusterFileWith("\"Ec2SubnetIds\": [\"" + without + "\", \"" + with + "\"]");

        CommandResult result = check();

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .isEqualTo("warning: The public subnet " + without
                        + " assigns no public IP addresses. Nodes without one"
                        + " cannot use the internet gateway, so the cluster may fail to start. Switch it on with: aws"
                        + " ec2 modify-subnet-attribute --map-public-ip-on-launch --subnet-id " + without + "\n");
    }

    @Test
    void warnsOfVpcsWithoutDns() {
        Vpc vpc = emr.aws().account().vpc();
        String subnet = emr.aws().account().publicSubnet(vpc, "us-east-1a").id();
        emr.aws().account().disableDns(vpc, "enableDnsSupport");
        emr.aws().account().disableDns(vpc, "enableDnsHostnames");
        emr.clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");

        CommandResult result = check();

        assertThat(result.code()).isZero();
        assertThat(result.err().replace(vpc.id(), "vpc-1")).isEqualTo("""
                        warning: The VPC vpc-1 has DNS hostnames switched off (enableDnsHostnames). Unless a DNS server of its DHCP options resolves them, nodes cannot resolve each other's names, so the cluster may fail to start. Switch it on with: aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-hostnames
                        warning: The VPC vpc-1 has DNS resolution switched off (enableDnsSupport). Unless its DHCP options name a DNS server, nodes can resolve neither each other's names nor those of AWS's endpoints, so the cluster may fail to start. Switch it on with: aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-support
                        """);
    }

    @Test
    void warnsWhenTheDnsSettingsCannotBeRead() {
        emr.aws().faults().deny("ec2", "DescribeVpcAttribute");

        CommandResult result = check();

        assertThat(result.code()).isZero();
        assertThat(result.err().replaceAll("vpc-[0-9a-f]+", "vpc-1"))
                .startsWith(
                        "warning: Not checked: the DNS settings of the VPC. Could not describe the DNS attributes of"
                                + " vpc-1. UnauthorizedOperation: ")
                .contains("ec2:DescribeVpcAttribute")
                .hasLineCount(1);
    }

    @Test
    void warnsOfS3EndpointsThatShutOutEmrsBuckets() {
        String policy = """
                {"Statement": [
                  {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::data/*"},
                  {"Effect": "Allow", "Principal": "*", "Action": ["s3:Get*", "s3:List*"],
                   "Resource": ["arn:aws:s3:::repo.*.emr.amazonaws.com/*", "arn:aws:s3:::al2023-repos-*"]}]}
                """;
        Vpc vpc = emr.aws().account().vpc();
        String subnet =
                emr.aws().account().endpointSubnet(vpc, "us-east-1a", policy).id();
        emr.clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");

        CommandResult result = check();

        assertThat(result.code()).isZero();
        assertThat(result.err().replaceAll("vpce-[0-9a-f]+", "vpce-1"))
                .isEqualTo("warning: The policy of the S3 endpoint vpce-1 does not allow s3:GetObject for EMR's buckets"
                        + " prod.us-east-1.appinfo.src, us-east-1.elasticmapreduce. Nodes that reach S3 through it"
                        + " cannot install their software, so the cluster may fail to start. Add them to the endpoint's"
                        + " policy.\n");
    }

    private void stepsWithPackages() {
        emr.cli().file("steps.json", """
                        {"steps": [
                          {"name": "a", "script_uri": "job.py", "packages": ["org.example:dates:1.0"]},
                          {"name": "b", "script_uri": "job.py"},
                          {"name": "c", "script_uri": "job.py",
                           "spark_conf": {"spark.jars.packages": "org.example:times:1.0"}}]}
                        """);
    }

    private void clusterFileWithSparkDefault(String subnet, String property, String value) {
        emr.cli().file(EmrCliFixture.CLUSTER_FILE, """
                        {"InstanceFleets": [
                          {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1,
                           "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]},
                          {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 1,
                           "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]}],
                         "Ec2SubnetIds": ["%s"],
                         "Configurations": [{"Classification": "spark-defaults", "Properties": {"%s": "%s"}}]}
                        """.formatted(subnet, property, value));
    }

    private static String noPackages(String subnet, String downloaders) {
        return "warning: The private subnet " + subnet
                + " has no route to the internet, but packages are downloaded by "
                + downloaders + ". spark-submit waits for Maven Central for minutes, and then the step fails. Add a NAT"
                + " gateway to the route table, or list the packages' jars in \"jars\".\n";
    }

    @Test
    void warnsOfPackagesWithoutARouteToTheInternet() {
        Vpc vpc = emr.aws().account().vpc();
        String subnet = emr.aws().account().endpointSubnet(vpc, "us-east-1a").id();
        stepsWithPackages();
        clusterFileWithSparkDefault(subnet, "spark.jars.packages", "org.example:dates:1.0");

        CommandResult planned = check();
        CommandResult created = emr.create();

        assertThat(planned.code()).isZero();
        assertThat(planned.err())
                .isEqualTo(noPackages(subnet, "spark.jars.packages of the cluster, step 'a', step 'c'"));
        assertThat(created.err()).startsWith(noPackages(subnet, "spark.jars.packages of the cluster"));
    }

    @Test
    void warnsOfPackagesWhenStepsAreAddedToACluster() {
        Vpc vpc = emr.aws().account().vpc();
        String subnet = emr.aws().account().endpointSubnet(vpc, "us-east-1a").id();
        emr.clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");
        assertThat(emr.create().err()).doesNotContain("warning");
        stepsWithPackages();

        CommandResult added = emr.run("-a", "add_steps", "-steps", "steps.json");

        assertThat(added.code()).isZero();
        assertThat(added.err()).contains(noPackages(subnet, "step 'a', step 'c'"));
    }

    @Test
    void warnsWhenItCannotCheckTheRoutesForAddedSteps() {
        emr.create();
        emr.aws().faults().deny("ec2", "DescribeRouteTables");
        stepsWithPackages();

        CommandResult added = emr.run("-a", "add_steps", "-steps", "steps.json");

        assertThat(added.code()).isZero();
        assertThat(added.err())
                .startsWith("warning: Not checked: whether the nodes reach Maven Central. Could not describe the route"
                        + " tables. UnauthorizedOperation: ");
    }

    @Test
    void asksForNoRoutesOfAddedStepsWithoutPackages() {
        emr.create();
        emr.aws().calls().clear();

        assertThat(emr.run("-a", "add_steps", "-steps", "steps.json").code()).isZero();

        assertThat(emr.aws().calls().named("DescribeRouteTables")).isEmpty();
    }

    @Test
    void warnsOfPackagesOnceWhenAPipelineRunsOnItsOwnCluster() {
        Vpc vpc = emr.aws().account().vpc();
        String subnet = emr.aws().account().endpointSubnet(vpc, "us-east-1a").id();
        emr.clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");
        stepsWithPackages();

        CommandResult run = emr.run("-a", "run", "-t", "emr");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith(noPackages(subnet, "step 'a', step 'c'"))
                .containsOnlyOnce("warning");
    }

    /** They may be in the network. */
    @ParameterizedTest
    @ValueSource(strings = {"spark.jars.repositories", "spark.jars.ivySettings"})
    void acceptsPackagesOfOtherRepositories(String property) {
        Vpc vpc = emr.aws().account().vpc();
        String subnet = emr.aws().account().endpointSubnet(vpc, "us-east-1a").id();
        emr.clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");
        emr.cli().file("steps.json", """
                        {"steps": [{"name": "a", "script_uri": "job.py", "packages": ["org.example:dates:1.0"],
                                    "spark_conf": {"%s": "https://maven.example.com/"}}]}
                        """.formatted(property));

        assertThat(check().err()).isEmpty();

        stepsWithPackages();
        clusterFileWithSparkDefault(subnet, property, "https://maven.example.com/");

        assertThat(check().err()).isEmpty();
    }

    @Test
    void acceptsPackagesBehindANatGateway() {
        Vpc vpc = emr.aws().account().vpc();
        String subnet = emr.aws().account().natSubnet(vpc, "us-east-1a").id();
        emr.clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");
        stepsWithPackages();

        assertThat(check().err()).isEmpty();
    }

    @Test
    void acceptsS3EndpointsWithTheDefaultPolicy() {
        Vpc vpc = emr.aws().account().vpc();
        String subnet = emr.aws().account().endpointSubnet(vpc, "us-east-1a").id();
        emr.clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");

        assertThat(check().err()).isEmpty();
    }
}
