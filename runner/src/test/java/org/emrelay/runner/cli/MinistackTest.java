package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the life of a cluster on ministack. Ministack has instance fleets. It has no security configurations (the
 * cluster file names one as if it existed), release labels, instance type offerings, quotas, spot prices or EBS
 * encryption by default (a warning each, as for a user without permission to read them).
 */
@Tag("servers")
final class MinistackTest {
    private static final String BUCKET = "emrelay-000000000000-us-east-1-bb26934c-demo";
    private static final String UNSUPPORTED = "The endpoint does not support this operation.\n";
    private static final String NOT_CHECKED =
            "warning: Not checked: the default encryption of EBS volumes (ec2:GetEbsEncryptionByDefault,"
                    + " ec2:GetEbsDefaultKmsKeyId); if that is a KMS key, EMR is not allowed to use it, and no instance"
                    + " starts. Could not get the default encryption of EBS volumes. InvalidAction: Unknown EC2 action:"
                    + " GetEbsEncryptionByDefault. " + UNSUPPORTED
                    + "warning: Not checked: the given security configuration. Could not describe security configuration theirs."
                    + " InvalidAction: Unknown EMR action: DescribeSecurityConfiguration. " + UNSUPPORTED
                    + "warning: Not checked: the instance type offerings. Could not describe the instance type offerings."
                    + " InvalidAction: Unknown EC2 action: DescribeInstanceTypeOfferings. " + UNSUPPORTED
                    + "warning: Not checked: the instance types of the release. Could not list the instance types of"
                    + " emr-7.13.0. InvalidAction: Unknown EMR action: ListSupportedInstanceTypes. " + UNSUPPORTED
                    + "warning: Not checked: the release label. Could not describe EMR release emr-7.13.0."
                    + " InvalidAction: Unknown EMR action: DescribeReleaseLabel. " + UNSUPPORTED
                    + "warning: Not checked: the vCPU quotas. Could not get quota L-1216C47A. HTTP status 400."
                    + " Check https://health.aws.amazon.com and your network connection, then retry.\n";

    private static PythonServer process;
    private static ForeignServer server;

    @TempDir
    Path directory;

    private CliFixture prompt;

    @BeforeAll
    static void start() {
        process = PythonServer.start("ministack==1.5.33", "start_ministack.py");
        server = new ForeignServer(process.endpoint()).withUsableDefaultVpc().withForeignResources();
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            server.close();
            process.close();
        }
    }

    @Test
    void recognizesUploadedFilesByTheirChecksums() throws IOException {
        assertThat(server.filesUploadedAgain(directory)).isEmpty();
    }

    @Test
    void aClusterIsCreatedRunsStepsAndIsTerminatedLeavingNothing() {
        Set<String> before = server.inventory();
        prompt = server.prompt(
                directory,
                EmrCliFixture.repositoryFile(EmrCliFixture.CLUSTER_FILE)
                        .replace("\"Tags\":", "\"SecurityConfiguration\": \"theirs\", \"Tags\":"));

        CommandResult created = type("-a", "create_cluster", "-c", "demo");

        String id = created.out().strip();
        assertThat(id).startsWith("j-");
        assertThat(created)
                .isEqualTo(new CommandResult(
                        0,
                        id + "\n",
                        NOT_CHECKED + "Created cluster " + id
                                + "\nCost per hour, all on demand: $1.39 to $1.88 (us-east-1, bundled prices of 2026-11)."
                                + " Idle timeout: 60 minutes, at most $1.88.\nTerminate it: runner.sh -a terminate_cluster"
                                + " -c demo\nCluster " + id + " is WAITING\nNext: runner.sh -a describe_cluster -idc "
                                + id + "\n"));
        assertThat(server.liveClusters()).containsExactly(id);
        assertDescribed(id);
        assertCheckWarns();
        assertRunsSteps(id);
        assertTerminated(id);
        assertThat(server.inventory()).isEqualTo(before);
        assertThat(server.liveClusters()).isEmpty();
    }

    private void assertDescribed(String id) {
        CommandResult described = type("-a", "describe_cluster", "-c", "demo");
        assertThat(described.code()).isZero();
        assertThat(described.err())
                .isEqualTo("warning: Spot prices are unknown. Could not describe the spot price history."
                        + " InvalidAction: Unknown EC2 action: DescribeSpotPriceHistory. " + UNSUPPORTED);
        assertThat(described.out())
                .startsWith("Cluster " + id + " 'demo', WAITING\n")
                .contains(
                        "Fleet primary 1/1 on demand, RUNNING\n",
                        "Fleet core 4/4 on demand, RUNNING\n",
                        "Fleet task 16/16 spot, RUNNING\n",
                        "Tag emrelay:workspace = bb26934c\n",
                        "logs: s3://" + BUCKET + "/logs/" + id + "/\n");
        assertThat(type("-a", "list_clusters", "-t", "emr").out())
                .matches("CLUSTER .*\n" + id + "  demo  WAITING  \\S+  unknown +this workspace\n");
    }

    private void assertCheckWarns() {
        CommandResult planned = type("-a", "plan", "-t", "emr", "--check");
        assertThat(planned.code()).isZero();
        assertThat(planned.out()).contains("On AWS, create_cluster creates:");
        assertThat(planned.err())
                .contains(NOT_CHECKED.lines().toList())
                .contains("warning: Not checked: the spot prices.");
    }

    /** On ministack, steps complete immediately and write nothing. */
    private void assertRunsSteps(String id) {
        prompt.file("steps.json", """
                {
                  "name": "three",
                  "defaults": { "script_uri": "job.py" },
                  "steps": [ { "name": "a" }, { "name": "b", "after": ["a"] }, { "name": "c", "after": ["b"] } ]
                }
                """).file("job.py", "print('done')\n");
        CommandResult added = type("-a", "add_steps");
        assertThat(added.code()).isZero();
        assertThat(type("-a", "execute_steps").out().replaceFirst("Done in .*? s\\.", "Done."))
                .isEqualTo("""
                STEP  STATE  ELAPSED  OUTPUT  WHERE
                a     done   0.0 s    –       –
                b     done   0.0 s    –       –
                c     done   0.0 s    –       –

                Done. New: a, b, c. Fetch the results: runner.sh -a fetch_output -idc %s
                Report: file://DIR/results/three/report.html
                """.formatted(id));
        assertThat(type("-a", "list_steps").out())
                .startsWith("Run " + added.out().strip() + " of three on " + id + ":\n");
        assertThat(type("-a", "describe_cluster", "-idc", id).out())
                .contains(added.out().strip() + "/a/1  COMPLETED\n")
                .contains(added.out().strip() + "/c/1  COMPLETED\n");
    }

    private void assertTerminated(String id) {
        CommandResult terminated = type("-a", "terminate_cluster", "-c", "demo", "--yes");
        assertThat(terminated.code()).isZero();
        assertThat(terminated.err()).isEqualTo("Terminating cluster " + id + "\n");
        assertThat(terminated.out().replaceAll("sg-[0-9a-f]{17}", "sg-X").lines())
                .containsExactlyInAnyOrderElementsOf(
                        """
                        removed cluster %s
                        removed instance profile emrelay-bb26934c-us-east-1-demo-nodes
                        removed role emrelay-bb26934c-us-east-1-demo-nodes
                        removed role emrelay-bb26934c-us-east-1-demo-service
                        removed security group sg-X (emrelay-bb26934c-us-east-1-demo-core)
                        removed security group sg-X (emrelay-bb26934c-us-east-1-demo-primary)
                        kept    bucket %s with results and logs (--delete-bucket deletes it)
                        """.formatted(id, BUCKET).lines().toList());
        assertThat(type("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket"))
                .isEqualTo(new CommandResult(0, "removed bucket " + BUCKET + "\n", ""));
        assertThat(type("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket"))
                .isEqualTo(new CommandResult(0, "No resources of 'demo' exist.\n", ""));
    }

    private CommandResult type(String... arguments) {
        return server.type(prompt, arguments);
    }
}
