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
        emr.clusterFileWith("\"EmrManagedMasterSecurityGroup\": \"sg-0123456789abcdef0\","
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
    void rejectsAMissingSecurityConfigurationAndMissingRoles() {
        emr.clusterFileWith(
                "\"SecurityConfiguration\": \"ours\", \"ServiceRole\": \"emr\", \"JobFlowRole\": \"nodes\"");

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
