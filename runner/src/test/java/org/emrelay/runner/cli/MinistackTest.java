package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster's life on ministack. It has instance fleets, and lacks security configurations (the cluster file names one, as if somebody had made it),
 * release labels, type offerings, quotas and spot prices (a warning each, as for somebody who may not read them).
 */
@Tag("servers")
final class MinistackTest {
    private static final String BUCKET = "emrelay-000000000000-us-east-1-bb26934c-demo";
    private static final String LACKS = "This server lacks the call; AWS itself has it.\n";
    private static final String NOT_CHECKED =
            "warning: Not checked: the given security configuration. Could not look at the security configuration theirs."
                    + " InvalidAction: Unknown EMR action: DescribeSecurityConfiguration. " + LACKS
                    + "warning: Not checked: the release labels. Could not look at the release emr-7.13.0."
                    + " InvalidAction: Unknown EMR action: DescribeReleaseLabel. " + LACKS
                    + "warning: Not checked: the vCPU quotas. Could not look at the quota L-1216C47A. HTTP status 400."
                    + " Look at https://health.aws.amazon.com and at this machine's network, and say the command again.\n"
                    + "warning: Not checked: which machines are offered. Could not look at which machines are offered."
                    + " InvalidAction: Unknown EC2 action: DescribeInstanceTypeOfferings. " + LACKS;

    private static PythonServer process;
    private static ForeignServer server;

    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeAll
    static void start() {
        process = PythonServer.start("ministack==1.5.33", "start_ministack.py");
        server = new ForeignServer(process.endpoint()).withWayOut().withThingsOfOthers();
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            server.close();
            process.close();
        }
    }

    @Test
    void livesItsWholeLifeAndLeavesNothing() {
        Set<String> before = server.all();
        prompt = server.prompt(
                directory,
                EmrPrompt.rootFile(EmrPrompt.CLUSTER_FILE)
                        .replace("\"Tags\":", "\"SecurityConfiguration\": \"theirs\", \"Tags\":"));

        CommandResult created = type("-a", "create_cluster", "-c", "demo");

        String id = created.out().strip();
        assertThat(id).startsWith("j-");
        assertThat(created)
                .isEqualTo(new CommandResult(
                        0,
                        id + "\n",
                        NOT_CHECKED + "Next: -a describe_cluster -idc " + id + "\nThe cluster " + id
                                + " is WAITING\n"));
        assertThat(server.clustersUp()).containsExactly(id);
        assertIsShown(id);
        assertCheckWarns();
        assertRunsSteps(id);
        assertIsTakenDown(id);
        assertThat(server.all()).isEqualTo(before);
        assertThat(server.clustersUp()).isEmpty();
    }

    private void assertIsShown(String id) {
        CommandResult described = type("-a", "describe_cluster", "-c", "demo");
        assertThat(described.code()).isZero();
        assertThat(described.err())
                .isEqualTo("warning: The spot prices are not known. Could not look at the spot prices."
                        + " InvalidAction: Unknown EC2 action: DescribeSpotPriceHistory. " + LACKS);
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
        assertThat(planned.out()).contains("On AWS, create_cluster makes:");
        assertThat(planned.err())
                .contains(NOT_CHECKED.lines().toList())
                .contains("warning: Not checked: the spot prices.");
    }

    /** Its steps are done as soon as they are there, and write nothing. */
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
        assertThat(type("-a", "execute_steps").out()).isEqualTo("""
                STEP  STATE  ELAPSED  OUTPUT  WHERE
                a     done   0.0 s    –       –
                b     done   0.0 s    –       –
                c     done   0.0 s    –       –

                Done. Fetch the results with -a fetch_output.
                """);
        assertThat(type("-a", "list_steps").out())
                .startsWith("Run " + added.out().strip() + " of three on " + id + ":\n");
        assertThat(type("-a", "describe_cluster", "-idc", id).out())
                .contains(added.out().strip() + "/a/1  COMPLETED\n")
                .contains(added.out().strip() + "/c/1  COMPLETED\n");
    }

    private void assertIsTakenDown(String id) {
        CommandResult gone = type("-a", "terminate_cluster", "-c", "demo", "--yes");
        assertThat(gone.code()).isZero();
        assertThat(gone.err()).isEqualTo("Ending the cluster " + id + "\n");
        assertThat(gone.out().replaceAll("sg-[0-9a-f]{17}", "sg-X").lines())
                .containsExactlyInAnyOrderElementsOf(
                        """
                        removed cluster %s
                        removed instance profile emrelay-bb26934c-us-east-1-demo-nodes
                        removed role emrelay-bb26934c-us-east-1-demo-nodes
                        removed role emrelay-bb26934c-us-east-1-demo-service
                        removed security group sg-X (emrelay-bb26934c-us-east-1-demo-core)
                        removed security group sg-X (emrelay-bb26934c-us-east-1-demo-primary)
                        kept    bucket %s with results and logs (--delete-bucket removes it)
                        """.formatted(id, BUCKET).lines().toList());
        assertThat(type("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket"))
                .isEqualTo(new CommandResult(0, "removed bucket " + BUCKET + "\n", ""));
        assertThat(type("-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket"))
                .isEqualTo(new CommandResult(0, "Nothing of 'demo' was there any more.\n", ""));
    }

    private CommandResult type(String... arguments) {
        return server.type(prompt, arguments);
    }
}
