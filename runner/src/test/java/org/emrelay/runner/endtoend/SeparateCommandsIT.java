package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the whole life of a cluster with one process per command: all shared state is in the workspace. */
class SeparateCommandsIT {
    @TempDir
    private Path temporary;

    @Test
    void aClusterIsCreatedFilledExecutedReadAndTerminated() throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            project.steps("""
                    { "name": "first", "main_class": "endtoend.WriteNote", "args": { "text": "one" } },
                    { "name": "second", "main_class": "endtoend.WriteNote", "inputs": { "above": { "from_step": "first" } },
                      "args": { "text": "two" } },
                    { "name": "third", "main_class": "endtoend.WriteNote", "inputs": { "above": { "from_step": "first" } },
                      "args": { "text": "three" } }
                    """);

            String cluster = project.run("-a", "create_cluster", "-t", "local", "-c", "demo", "--output", "json")
                    .expectExitCode(0)
                    .json()
                    .text("cluster_id");
            assertThat(cluster).startsWith("local-");
            String run = project.run("-a", "add_steps", "-idc", cluster)
                    .expectExitCode(0)
                    .lastLine();
            assertThat(states(project, cluster)).containsExactly("first waiting", "second waiting", "third waiting");

            ProcessResult deleted = project.run("-a", "delete_steps", "third", "--yes", "-idc", cluster)
                    .expectExitCode(0);
            assertThat(deleted.out()).isEqualTo("deleted third\n");

            Json executed = project.run("-a", "execute_steps", "-idc", cluster, "--output", "json")
                    .expectExitCode(0)
                    .json();
            assertThat(executed.keys())
                    .containsExactly(
                            "run_id",
                            "pipeline",
                            "status",
                            "steps",
                            "cost_so_far",
                            "bill",
                            "notices",
                            "instance_changes",
                            "cluster_id",
                            "report");
            assertThat(executed.text("run_id")).isEqualTo(run);
            assertThat(executed.text("cluster_id")).isEqualTo(cluster);
            assertThat(executed.states()).containsExactly("first done", "second done", "third skipped");
            assertThat(states(project, cluster)).isEqualTo(executed.states());

            assertFetches(project, cluster);
            assertShowsLogs(project, cluster, run);
            assertTerminates(project, cluster);
        }
    }

    private static List<String> states(TestProject project, String cluster) throws Exception {
        return project.run("-a", "list_steps", "-idc", cluster, "--output", "json")
                .expectExitCode(0)
                .json()
                .states();
    }

    private static void assertFetches(TestProject project, String cluster) throws Exception {
        Path byDefault = project.directory().resolve("results/trial/second");
        ProcessResult fetched =
                project.run("-a", "fetch_output", "-idc", cluster).expectExitCode(0);
        assertThat(fetched.out()).isEqualTo(byDefault + "\n");
        assertThat(byDefault.resolve("note.txt")).hasContent("one\ntwo\n");

        Path elsewhere = project.directory().resolve("else where/first");
        ProcessResult named = project.run("-a", "fetch_output", "first", "--to", "else where", "-idc", cluster)
                .expectExitCode(0);
        assertThat(named.out()).isEqualTo(elsewhere + "\n");
        assertThat(elsewhere.resolve("note.txt")).hasContent("one\n");
    }

    private static void assertShowsLogs(TestProject project, String cluster, String run) throws Exception {
        ProcessResult none = project.run("-a", "logs", "-idc", cluster).expectExitCode(0);
        assertThat(none.out())
                .isEqualTo(
                        "No step of run " + run + " has failed. Name a step to print its log: first, second, third.\n");
        ProcessResult named =
                project.run("-a", "logs", "first", "-idc", cluster).expectExitCode(0);
        assertThat(named.out())
                .contains("==> " + project.workspace().resolve("logs/" + run + "/first-1/stdout") + " <==");
    }

    private static void assertTerminates(TestProject project, String cluster) throws Exception {
        ProcessResult ended =
                project.run("-a", "terminate_cluster", "-c", "demo").expectExitCode(0);
        assertThat(ended.out())
                .isEqualTo("removed cluster " + cluster + "\nkept    workspace " + project.workspace() + "\n");
        ProcessResult late = project.run("-a", "execute_steps", "-idc", cluster).expectExitCode(5);
        assertThat(late.err())
                .isEqualTo("The cluster " + cluster
                        + " ('demo') has ended. Create a new one: " + TestProject.PROGRAM
                        + " -a create_cluster -t local -c NAME\n");
        assertThat(project.output("second").resolve("note.txt")).hasContent("one\ntwo\n");

        project.run("-a", "terminate_cluster", "-idc", cluster, "--delete-bucket", "--yes")
                .expectExitCode(0);
        assertThat(Files.exists(project.workspace())).isFalse();
    }
}
