package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creates, lists and describes local clusters. */
final class ClusterActionsTest {
    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory));
    }

    @Test
    void createsAClusterAndPrintsTheNextCommand() {
        assertThat(cli.run("-a", "create_cluster", "-t", "local", "-c", "demo"))
                .isEqualTo(new CommandResult(
                        0,
                        CliFixture.FIRST_CLUSTER_ID + "\n",
                        "Next: runner.sh -a add_steps -steps steps.json -idc " + CliFixture.FIRST_CLUSTER_ID + "\n"));
    }

    @Test
    void createsAClusterWithJsonOutput() {
        assertThat(cli.run("-a", "create_cluster", "--target=local", "--cname", "demo", "--output", "json"))
                .isEqualTo(new CommandResult(0, """
                        {
                          "cluster_id" : "local-bb26934c",
                          "name" : "demo"
                        }
                        """, ""));
    }

    @Test
    void rejectsAnInvalidName() {
        assertThat(cli.run("-a", "create_cluster", "-t", "local", "-c", "my demo"))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "-c 'my demo' is not a valid name: use letters, digits, '_', '-' and '.', starting with a letter"
                                + " or digit, at most 64 characters.\n"));
    }

    @Test
    void refusesTheNameOfALiveCluster() {
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");

        assertThat(cli.run("-a", "create_cluster", "-t", "local", "-c", "demo"))
                .isEqualTo(
                        new CommandResult(
                                5,
                                "",
                                "A cluster named 'demo' is already up: local-bb26934c. Use it with -idc local-bb26934c, choose"
                                        + " another name, or terminate it: runner.sh -a terminate_cluster -idc local-bb26934c\n"));
        cli.run("-a", "terminate_cluster");
        assertThat(cli.run("-a", "create_cluster", "-t", "local", "-c", "demo").code())
                .isZero();
    }

    @Test
    void listsNoClustersInANewDirectory() {
        assertThat(cli.run("-a", "list_clusters")).isEqualTo(new CommandResult(0, "No clusters.\n", ""));
        assertThat(cli.path(".runner")).doesNotExist();
    }

    @Test
    void listsLiveAndEndedClusters() {
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");
        cli.run("-a", "create_cluster", "-t", "local", "-c", "another");
        cli.run("-a", "terminate_cluster", "-c", "demo");

        assertThat(cli.run("-a", "list_clusters")).isEqualTo(new CommandResult(0, """
                        CLUSTER         NAME     STATE       CREATED
                        local-8ffa0598  another  WAITING     2026-11-21T03:45:12Z
                        local-bb26934c  demo     TERMINATED  2026-11-21T03:45:12Z
                        """, ""));
        assertThat(cli.run("-a", "list_clusters", "--output", "json")).isEqualTo(new CommandResult(0, """
                        {
                          "clusters" : [
                            {
                              "cluster_id" : "local-8ffa0598",
                              "name" : "another",
                              "state" : "WAITING",
                              "created" : "2026-11-21T03:45:12Z"
                            },
                            {
                              "cluster_id" : "local-bb26934c",
                              "name" : "demo",
                              "state" : "TERMINATED",
                              "created" : "2026-11-21T03:45:12Z"
                            }
                          ]
                        }
                        """, ""));
    }

    @Test
    void describesAClusterWithoutRuns() {
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");

        assertThat(cli.run("-a", "describe_cluster")).isEqualTo(new CommandResult(0, """
                        Cluster local-bb26934c 'demo', WAITING, created 2026-11-21T03:45:12Z
                        Workspace DIR/.runner

                        No runs.
                        """, ""));
    }

    @Test
    void describesAClusterWithItsRuns() {
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");
        cli.run("-a", "add_steps");

        assertThat(cli.run("-a", "describe_cluster", "-c", "demo")).isEqualTo(new CommandResult(0, """
                        Cluster local-bb26934c 'demo', WAITING, created 2026-11-21T03:45:12Z
                        Workspace DIR/.runner

                        RUN                   PIPELINE  STATUS   STARTED  LENGTH  SIZE  COST  PARAMETERS
                        20261121-034512-8ffa  clouds    waiting  –        –       0 B   –
                        """, ""));
        assertThat(cli.run("-a", "describe_cluster", "--output", "json")).isEqualTo(new CommandResult(0, """
                        {
                          "cluster_id" : "local-bb26934c",
                          "name" : "demo",
                          "state" : "WAITING",
                          "created" : "2026-11-21T03:45:12Z",
                          "workspace" : "DIR/.runner",
                          "runs" : [
                            {
                              "run_id" : "20261121-034512-8ffa",
                              "pipeline" : "clouds",
                              "cluster_id" : "local-bb26934c",
                              "status" : "waiting",
                              "backfill" : null,
                              "parameters" : { },
                              "started" : null,
                              "length_seconds" : null,
                              "bytes" : 0,
                              "cost_so_far" : null
                            }
                          ]
                        }
                        """, ""));
    }

    @Test
    void keepsClustersInTheGivenWorkspace() {
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo", "--workspace", "Bücher und mehr");

        assertThat(cli.run("-a", "list_clusters").out()).isEqualTo("No clusters.\n");
        assertThat(cli.run("-a", "describe_cluster", "--workspace=Bücher und mehr")
                        .out())
                .isEqualTo("""
                        Cluster local-bb26934c 'demo', WAITING, created 2026-11-21T03:45:12Z
                        Workspace DIR/Bücher und mehr

                        No runs.
                        """);
        cli.file("below/x", "");
        assertThat(cli.inDirectory("below")
                        .run("-a", "list_clusters", "--workspace", "../Bücher und mehr")
                        .out())
                .contains("local-bb26934c");
    }

    @Test
    void rejectsAWorkspaceThatIsAFile() {
        cli.file("taken", "");
        CommandResult refused = new CommandResult(
                2, "", "--workspace DIR/taken is a file. A workspace is a directory: name another one.\n");

        assertThat(cli.run("-a", "list_clusters", "--workspace", "taken")).isEqualTo(refused);
        assertThat(cli.run("-a", "list_steps", "--workspace", "taken")).isEqualTo(refused);
        assertThat(cli.run("-a", "create_cluster", "-t", "local", "-c", "x", "--workspace", "taken"))
                .isEqualTo(refused);
        assertThat(cli.run("-a", "create_cluster", "-t", "local", "-c", "x", "--workspace", "taken/below"))
                .isEqualTo(new CommandResult(4, "", "DIR/taken/below: Not a directory.\n"));
    }

    @Test
    void failsWithoutAWorkspace() {
        for (String action : new String[] {
            "execute_steps",
            "list_steps",
            "delete_steps",
            "logs",
            "fetch_output",
            "describe_cluster",
            "terminate_cluster"
        }) {
            assertThat(cli.run("-a", action))
                    .isEqualTo(new CommandResult(
                            2,
                            "",
                            "Workspace DIR/.runner does not exist: nothing has run here yet. Use --workspace DIR for"
                                    + " another workspace.\n"));
        }
    }
}
