package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.ec2.Vpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found before anything is created. */
final class EmrPreflightTest {
    @TempDir
    Path directory;

    private EmrPrompt emr;

    @BeforeEach
    void begin() {
        emr = new EmrPrompt(directory);
        emr.prompt()
                .file("steps.json", "{\"steps\": [{\"name\": \"a\", \"script_uri\": \"job.py\"}]}")
                .file("job.py", "print('job')\n");
    }

    @AfterEach
    void end() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unknown()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    private void clusterFileWith(String keys) {
        emr.prompt()
                .file(
                        EmrPrompt.CLUSTER_FILE,
                        EmrPrompt.rootFile(EmrPrompt.CLUSTER_FILE).replace("\"Tags\":", keys + ", \"Tags\":"));
    }

    private CommandResult check(String... more) {
        String[] all = new String[4 + more.length];
        System.arraycopy(new String[] {"-a", "plan", "-t", "emr"}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        String[] checked = Arrays.copyOf(all, all.length + 1);
        checked[all.length] = "--check";
        return emr.type(checked);
    }

    @Test
    void refusesFleetsThatTakeMoreVcpusThanTheAccountMayRun() {
        emr.aws().quotas().onDemandVcpus(7);
        emr.aws().quotas().spotVcpus(15);

        CommandResult created = emr.create();

        assertThat(created.code()).isEqualTo(4);
        assertThat(created.err().lines())
                .containsExactlyInAnyOrder(
                        "The fleets' on-demand machines need at least 8 vCPUs, of which this account may run 7 at once in"
                                + " this region (Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances,"
                                + " L-1216C47A), those that run already among them. Ask for more in the console's Service"
                                + " Quotas, or make the fleets smaller.",
                        "The fleets' spot machines need at least 16 vCPUs, of which this account may run 15 at once in"
                                + " this region (All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests,"
                                + " L-34B43A08), those that run already among them. Ask for more in the console's Service"
                                + " Quotas, or make the fleets smaller.",
                        "Nothing was created.");
        assertThat(emr.aws().remaining()).isEmpty();
    }

    @Test
    void onlyWarnsWhereTheQuotasMayNotBeRead() {
        emr.aws().faults().deny("servicequotas", "GetServiceQuota");

        CommandResult said = check();

        assertThat(said.code()).isZero();
        assertThat(said.err())
                .startsWith("warning: Not checked: the vCPU quotas. Could not look at the quota L-1216C47A."
                        + " AccessDenied: ")
                .hasLineCount(1);
    }

    @Test
    void tellsScriptsWhatStandsInTheWay() {
        emr.aws().quotas().spotVcpus(15);
        emr.aws().faults().add(Fault.denied(), Calls.named("DescribeReleaseLabel"));

        CommandResult said = check("--output", "json");

        assertThat(said.code()).isEqualTo(4);
        assertThat(said.out())
                .contains("""
                          "problems" : [
                            {
                              "severity" : "error",
                              "message" : "The fleets' spot machines need at least 16 vCPUs,\
                        """.stripTrailing())
                .contains("\"severity\" : \"warning\",\n      \"message\" : \"Not checked: the release labels. ");
        assertThat(emr.type("-a", "plan", "-t", "emr", "--output", "json").out())
                .doesNotContain("\"problems\"");
    }

    @Test
    void namesGivenGroupsThatAreNotThereOrLieElsewhere() {
        Vpc other = emr.aws().account().vpc();
        String elsewhere = emr.aws().account().securityGroup(other, "nodes").id();
        clusterFileWith("\"EmrManagedMasterSecurityGroup\": \"sg-0123456789abcdef0\","
                + " \"EmrManagedSlaveSecurityGroup\": \"" + elsewhere + "\"");

        CommandResult said = check();

        assertThat(said.code()).isEqualTo(4);
        assertThat(said.err())
                .contains("EmrManagedMasterSecurityGroup: there is no security group 'sg-0123456789abcdef0' in this"
                        + " region. Name one that is there, or remove the security groups' keys to have them made.\n")
                .contains("EmrManagedSlaveSecurityGroup: the security group " + elsewhere + " is of the VPC "
                        + other.id() + ", and the subnets are of vpc-");
    }

    @Test
    void namesAGivenSecurityConfigurationAndRolesThatAreNotThere() {
        clusterFileWith("\"SecurityConfiguration\": \"ours\", \"ServiceRole\": \"emr\", \"JobFlowRole\": \"nodes\"");

        CommandResult said = check();

        assertThat(said.code()).isEqualTo(4);
        assertThat(said.err())
                .contains("SecurityConfiguration: there is no 'ours' in this region. Name one that is there, or remove"
                        + " the key to have one made.\n")
                .contains("ServiceRole: there is no 'emr' in this account.", "JobFlowRole: there is no 'nodes'");
    }

    @Test
    void refusesExecutorsThatFitNoMachineBeforeAWordToAws() {
        emr.prompt()
                .file(
                        EmrPrompt.CLUSTER_FILE,
                        EmrPrompt.rootFile(EmrPrompt.CLUSTER_FILE)
                                .replace(
                                        "\"spark.serializer\":",
                                        "\"spark.executor.memory\": \"11G\", \"spark.serializer\":"));

        CommandResult created = emr.create();

        assertThat(created.code()).isEqualTo(3);
        assertThat(created.err())
                .startsWith("cluster-ec2-spot-fleet.json: Configurations[0].Properties['spark.executor.memory']: an"
                        + " executor takes 12390 MB (11264 of heap and 1126 beside it), more than YARN has on"
                        + " m5.xlarge of the core fleet (12288 MB)")
                .contains("The largest that fits is 11171m.");
        assertThat(emr.aws().calls().all()).isEmpty();
    }
}
