package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making, listing and describing clusters of this machine. */
final class ClusterActionsTest {
    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeEach
    void layOut() {
        prompt = Pipelines.laidOut(new Prompt(directory));
    }

    @Test
    void createsAClusterAndSaysWhatComesNext() {
        assertThat(prompt.type("-a", "create_cluster", "-t", "local", "-c", "demo"))
                .isEqualTo(new CommandResult(
                        0, Prompt.FIRST + "\n", "Next: -a add_steps -steps steps.json -idc " + Prompt.FIRST + "\n"));
    }

    @Test
    void createsAClusterForAScript() {
        assertThat(prompt.type("-a", "create_cluster", "--target=local", "--cname", "demo", "--output", "json"))
                .isEqualTo(new CommandResult(0, """
                        {
                          "cluster_id" : "local-bb26934c",
                          "name" : "demo"
                        }
                        """, ""));
    }

    @Test
    void refusesANameThatFoldersCannotHave() {
        assertThat(prompt.type("-a", "create_cluster", "-t", "local", "-c", "my demo"))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "-c 'my demo' is no usable name: use letters, digits, '_', '-' and '.', the first a letter or"
                                + " digit, at most 64 in all.\n"));
    }

    @Test
    void refusesANameThatIsTakenUntilItsClusterHasEnded() {
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "demo");

        assertThat(prompt.type("-a", "create_cluster", "-t", "local", "-c", "demo"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "A cluster named 'demo' is up already: local-bb26934c. Use it with -idc local-bb26934c, end it with"
                                + " -a terminate_cluster, or take another name.\n"));
        prompt.type("-a", "terminate_cluster");
        assertThat(prompt.type("-a", "create_cluster", "-t", "local", "-c", "demo")
                        .code())
                .isZero();
    }

    @Test
    void listsNoClustersWhereThereAreNone() {
        assertThat(prompt.type("-a", "list_clusters")).isEqualTo(new CommandResult(0, "No clusters.\n", ""));
        assertThat(prompt.path(".runner")).doesNotExist();
    }

    @Test
    void listsClustersThatAreUpAndThatHaveEnded() {
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "demo");
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "another");
        prompt.type("-a", "terminate_cluster", "-c", "demo");

        assertThat(prompt.type("-a", "list_clusters")).isEqualTo(new CommandResult(0, """
                        CLUSTER         NAME     STATE       CREATED
                        local-8ffa0598  another  WAITING     2026-11-21T03:45:12Z
                        local-bb26934c  demo     TERMINATED  2026-11-21T03:45:12Z
                        """, ""));
        assertThat(prompt.type("-a", "list_clusters", "--output", "json")).isEqualTo(new CommandResult(0, """
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
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "demo");

        assertThat(prompt.type("-a", "describe_cluster")).isEqualTo(new CommandResult(0, """
                        Cluster local-bb26934c 'demo', WAITING, created 2026-11-21T03:45:12Z
                        Workspace DIR/.runner
                        No runs yet.
                        """, ""));
    }

    @Test
    void describesAClusterWithItsRuns() {
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "demo");
        prompt.type("-a", "add_steps");

        assertThat(prompt.type("-a", "describe_cluster", "-c", "demo")).isEqualTo(new CommandResult(0, """
                        Cluster local-bb26934c 'demo', WAITING, created 2026-11-21T03:45:12Z
                        Workspace DIR/.runner

                        RUN                   PIPELINE  STATUS      BEGUN
                        20261121-034512-8ffa  clouds    unfinished  2026-11-21T03:45:12Z
                        """, ""));
        assertThat(prompt.type("-a", "describe_cluster", "--output", "json")).isEqualTo(new CommandResult(0, """
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
                              "status" : "unfinished",
                              "created" : "2026-11-21T03:45:12Z"
                            }
                          ]
                        }
                        """, ""));
    }

    @Test
    void keepsClustersInTheWorkspaceThatIsNamed() {
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "demo", "--workspace", "Bücher und mehr");

        assertThat(prompt.type("-a", "list_clusters").out()).isEqualTo("No clusters.\n");
        assertThat(prompt.type("-a", "describe_cluster", "--workspace=Bücher und mehr")
                        .out())
                .isEqualTo("""
                        Cluster local-bb26934c 'demo', WAITING, created 2026-11-21T03:45:12Z
                        Workspace DIR/Bücher und mehr
                        No runs yet.
                        """);
        prompt.file("below/x", "");
        assertThat(prompt.in("below")
                        .type("-a", "list_clusters", "--workspace", "../Bücher und mehr")
                        .out())
                .contains("local-bb26934c");
    }

    @Test
    void refusesAWorkspaceThatIsAFile() {
        prompt.file("taken", "");
        CommandResult refused = new CommandResult(
                2, "", "--workspace DIR/taken is a file; a workspace is a directory. Name another one.\n");

        assertThat(prompt.type("-a", "list_clusters", "--workspace", "taken")).isEqualTo(refused);
        assertThat(prompt.type("-a", "list_steps", "--workspace", "taken")).isEqualTo(refused);
        assertThat(prompt.type("-a", "create_cluster", "-t", "local", "-c", "x", "--workspace", "taken"))
                .isEqualTo(refused);
        assertThat(prompt.type("-a", "create_cluster", "-t", "local", "-c", "x", "--workspace", "taken/below"))
                .isEqualTo(new CommandResult(4, "", "DIR/taken/below: Not a directory.\n"));
    }

    @Test
    void saysThatNothingWasRunFromHereYet() {
        for (String action : new String[] {
            "execute_steps",
            "list_steps",
            "delete_steps",
            "logs",
            "fetch_output",
            "describe_cluster",
            "terminate_cluster"
        }) {
            assertThat(prompt.type("-a", action))
                    .isEqualTo(new CommandResult(
                            2,
                            "",
                            "There is no workspace DIR/.runner: nothing was run from here yet. Another one is named by"
                                    + " --workspace DIR.\n"));
        }
    }
}
