package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.ec2.Vpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Problems found before anything is created. */
final class EmrPreflightTest {
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

    private void clusterFileWith(String keys) {
        emr.cli()
                .file(
                        EmrCliFixture.CLUSTER_FILE,
                        EmrCliFixture.repositoryFile(EmrCliFixture.CLUSTER_FILE)
                                .replace("\"Tags\":", keys + ", \"Tags\":"));
    }

    private CommandResult check(String... more) {
        String[] all = new String[4 + more.length];
        System.arraycopy(new String[] {"-a", "plan", "-t", "emr"}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        String[] checked = Arrays.copyOf(all, all.length + 1);
        checked[all.length] = "--check";
        return emr.run(checked);
    }

    @Test
    void rejectsFleetsAboveTheVcpuQuotas() {
        emr.aws().quotas().onDemandVcpus(7);
        emr.aws().quotas().spotVcpus(15);

        CommandResult created = emr.create();

        assertThat(created.code()).isEqualTo(4);
        assertThat(created.err().lines())
                .containsExactlyInAnyOrder(
                        "The fleets need at least 8 On-Demand vCPUs, but the quota of this account and region is 7"
                                + " (Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances, L-1216C47A),"
                                + " shared with running instances. Request an increase in Service Quotas, or reduce the"
                                + " fleets.",
                        "The fleets need at least 16 Spot vCPUs, but the quota of this account and region is 15"
                                + " (All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests, L-34B43A08),"
                                + " shared with running instances. Request an increase in Service Quotas, or reduce the"
                                + " fleets.",
                        "Nothing was created.");
        assertThat(emr.aws().remaining()).isEmpty();
    }

    private void clusterFileWithTypes(String... types) {
        String configs = Stream.of(types)
                .map(type -> "{ \"InstanceType\": \"" + type + "\" }")
                .collect(Collectors.joining(", "));
        emr.cli().file(EmrCliFixture.CLUSTER_FILE, """
                        {"ReleaseLabel": "emr-7.13.0", "InstanceFleets": [
                          {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1,
                           "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]},
                          {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 1, "InstanceTypeConfigs": [%s],
                           "LaunchSpecifications": {"OnDemandSpecification": {"AllocationStrategy": "lowest-price"}}}]}
                        """.formatted(configs));
    }

    /** One type that is not offered refuses the whole cluster, although others of its fleet are. */
    @Test
    void rejectsEachInstanceTypeThatTheRegionDoesNotOffer() {
        emr.aws().ec2().instanceTypes().withdraw("m4", "m5a");
        clusterFileWithTypes("m5.xlarge", "m5a.xlarge", "m4.xlarge");

        CommandResult created = emr.create();

        assertThat(created).isEqualTo(new CommandResult(4, "", """
                        InstanceFleets: EC2 offers m4.xlarge in no zone of us-east-1, and EMR refuses a cluster that names it. Remove it.
                        InstanceFleets: EC2 offers m5a.xlarge in no zone of us-east-1, and EMR refuses a cluster that names it. Remove it.
                        Nothing was created.
                        """));
    }

    @Test
    void rejectsEachInstanceTypeThatTheReleaseDoesNotSupport() {
        clusterFileWithTypes("m5.xlarge", "m5.large", "r6i.8xlarge");

        CommandResult created = emr.create();

        assertThat(created).isEqualTo(new CommandResult(4, "", """
                        InstanceFleets: EMR release emr-7.13.0 does not support m5.large. Remove it.
                        Nothing was created.
                        """));
        assertThat(emr.aws().calls().named("ListSupportedInstanceTypes")).hasSize(2);
    }

    @Test
    void warnsWhenTheTypesOfTheReleaseCannotBeListed() {
        emr.aws().faults().deny("elasticmapreduce", "ListSupportedInstanceTypes");

        CommandResult result = check();

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .startsWith("warning: Not checked: the instance types of the release. Could not list the instance types"
                        + " of emr-7.13.0. AccessDeniedException: ")
                .hasLineCount(1);
    }

    @Test
    void theRepositorysClusterFilesNameNoTypeThatManyRegionsLack() {
        emr.aws().ec2().instanceTypes().withdraw("m4", "m5a", "m5d");
        emr.cli().file("cluster-small.json", EmrCliFixture.repositoryFile("cluster-small.json"));

        assertThat(check().code()).isZero();
        assertThat(check("-cluster", "cluster-small.json").code()).isZero();
    }

    @Test
    void theSmallClusterFitsTheQuotasOfANewAccount() {
        emr.aws().quotas().onDemandVcpus(5);
        emr.aws().quotas().spotVcpus(5);
        emr.cli().file("cluster-small.json", EmrCliFixture.repositoryFile("cluster-small.json"));

        assertThat(check("-cluster", "cluster-small.json").err()).isEmpty();
        assertThat(emr.create("-cluster", "cluster-small.json").code()).isZero();
    }

    @Test
    void warnsWhenQuotasCannotBeRead() {
        emr.aws().faults().deny("servicequotas", "GetServiceQuota");

        CommandResult result = check();

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .startsWith(
                        "warning: Not checked: the vCPU quotas. Could not get quota L-1216C47A." + " AccessDenied: ")
                .hasLineCount(1);
    }

    @Test
    void listsProblemsAsJson() {
        emr.aws().quotas().spotVcpus(15);
        emr.aws().faults().add(Fault.denied(), Calls.named("DescribeReleaseLabel"));

        CommandResult result = check("--output", "json");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out())
                .contains("""
                          "problems" : [
                            {
                              "severity" : "error",
                              "message" : "The fleets need at least 16 Spot vCPUs,\
                        """.stripTrailing())
                .contains("\"severity\" : \"warning\",\n      \"message\" : \"Not checked: the release label. ");
        assertThat(emr.run("-a", "plan", "-t", "emr", "--output", "json").out()).doesNotContain("\"problems\"");
    }

    @Test
    void rejectsSecurityGroupsThatAreMissingOrInAnotherVpc() {
        Vpc other = emr.aws().account().vpc();
        String elsewhere = emr.aws().account().securityGroup(other, "nodes").id();
        clusterFileWith("\"EmrManagedMasterSecurityGroup\": \"sg-0123456789abcdef0\","
                + " \"EmrManagedSlaveSecurityGroup\": \"" + elsewhere + "\"");

        CommandResult result = check();

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err())
                .contains("EmrManagedMasterSecurityGroup: security group 'sg-0123456789abcdef0' does not exist in this"
                        + " region. Give an existing one, or remove the security group keys to create them.\n")
                .contains("EmrManagedSlaveSecurityGroup: security group " + elsewhere + " is in VPC " + other.id()
                        + ", but the subnets are in vpc-");
    }

    @Test
    void warnsOfPublicSubnetsThatAssignNoPublicAddresses() {
        Vpc vpc = emr.aws().account().vpc();
        String without = emr.aws()
                .account()
                .publicSubnetWithoutAddresses(vpc, "us-east-1a")
                .id();
        String with = emr.aws().account().publicSubnet(vpc, "us-east-1b").id();
        clusterFileWith("\"Ec2SubnetIds\": [\"" + without + "\", \"" + with + "\"]");

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
        clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");

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
        clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");

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
        emr.cli().file(EmrCliFixture.CLUSTER_FILE, """
                        {"InstanceFleets": [
                          {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1,
                           "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]},
                          {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 1,
                           "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]}],
                         "Ec2SubnetIds": ["%s"],
                         "Configurations": [{"Classification": "spark-defaults",
                           "Properties": {"spark.jars.packages": "org.example:dates:1.0"}}]}
                        """.formatted(subnet));

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
        clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");
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
        clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");
        stepsWithPackages();

        CommandResult run = emr.run("-a", "run", "-t", "emr");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith(noPackages(subnet, "step 'a', step 'c'"))
                .containsOnlyOnce("warning");
    }

    @Test
    void acceptsPackagesBehindANatGateway() {
        Vpc vpc = emr.aws().account().vpc();
        String subnet = emr.aws().account().natSubnet(vpc, "us-east-1a").id();
        clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");
        stepsWithPackages();

        assertThat(check().err()).isEmpty();
    }

    @Test
    void acceptsS3EndpointsWithTheDefaultPolicy() {
        Vpc vpc = emr.aws().account().vpc();
        String subnet = emr.aws().account().endpointSubnet(vpc, "us-east-1a").id();
        clusterFileWith("\"Ec2SubnetIds\": [\"" + subnet + "\"]");

        assertThat(check().err()).isEmpty();
    }

    @Test
    void rejectsAMissingSecurityConfigurationAndMissingRoles() {
        clusterFileWith("\"SecurityConfiguration\": \"ours\", \"ServiceRole\": \"emr\", \"JobFlowRole\": \"nodes\"");

        CommandResult result = check();

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err())
                .contains("SecurityConfiguration: 'ours' does not exist in this region. Give an existing one, or remove"
                        + " the key to create one.\n")
                .contains("ServiceRole: 'emr' does not exist in this account.", "JobFlowRole: 'nodes' does not exist");
    }

    @Test
    void rejectsExecutorsThatFitNoInstanceBeforeAnyCall() {
        emr.cli()
                .file(
                        EmrCliFixture.CLUSTER_FILE,
                        EmrCliFixture.repositoryFile(EmrCliFixture.CLUSTER_FILE).replace("\"Configurations\": [", """
                                        "Configurations": [
                                          {"Classification": "spark-defaults",
                                           "Properties": {"spark.executor.memory": "11G"}},"""));

        CommandResult created = emr.create();

        assertThat(created.code()).isEqualTo(3);
        assertThat(created.err())
                .startsWith("cluster-ec2-spot-fleet.json: Configurations[0].Properties['spark.executor.memory']: an"
                        + " executor needs 12390 MB (11264 MB heap and 1126 MB overhead), more than YARN offers on"
                        + " m5.xlarge in the core fleet (12288 MB)")
                .contains("The largest heap that fits is 11171m.");
        assertThat(emr.aws().calls().all()).isEmpty();
    }
}
