package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster's whole life, each command in a process of its own: all that they know of each other lies in the workspace. */
class SeparateCommandsIT {
    @TempDir
    private Path temporary;

    @Test
    void aClusterIsCreatedFedRunReadAndEnded() throws Exception {
        try (Playground playground = new Playground(temporary)) {
            playground.steps("""
                    { "name": "first", "main_class": "endtoend.Note", "args": { "text": "one" } },
                    { "name": "second", "main_class": "endtoend.Note", "inputs": { "above": { "from_step": "first" } },
                      "args": { "text": "two" } },
                    { "name": "third", "main_class": "endtoend.Note", "inputs": { "above": { "from_step": "first" } },
                      "args": { "text": "three" } }
                    """);

            String cluster = playground
                    .run("-a", "create_cluster", "-t", "local", "-c", "demo", "--output", "json")
                    .with(0)
                    .json()
                    .text("cluster_id");
            assertThat(cluster).startsWith("local-");
            String run =
                    playground.run("-a", "add_steps", "-idc", cluster).with(0).lastLine();
            assertThat(states(playground, cluster)).containsExactly("first waiting", "second waiting", "third waiting");

            Ended deleted = playground
                    .run("-a", "delete_steps", "third", "--yes", "-idc", cluster)
                    .with(0);
            assertThat(deleted.out()).isEqualTo("deleted third\n");

            Json executed = playground
                    .run("-a", "execute_steps", "-idc", cluster, "--output", "json")
                    .with(0)
                    .json();
            assertThat(executed.keys()).containsExactly("run_id", "pipeline", "status", "steps", "cluster_id");
            assertThat(executed.text("run_id")).isEqualTo(run);
            assertThat(executed.text("cluster_id")).isEqualTo(cluster);
            assertThat(executed.states()).containsExactly("first done", "second done", "third skipped");
            assertThat(states(playground, cluster)).isEqualTo(executed.states());

            fetches(playground, cluster);
            showsLogs(playground, cluster, run);
            ends(playground, cluster);
        }
    }

    private static List<String> states(Playground playground, String cluster) throws Exception {
        return playground
                .run("-a", "list_steps", "-idc", cluster, "--output", "json")
                .with(0)
                .json()
                .states();
    }

    private static void fetches(Playground playground, String cluster) throws Exception {
        Path byDefault = playground.directory().resolve("results/trial/second");
        Ended fetched = playground.run("-a", "fetch_output", "-idc", cluster).with(0);
        assertThat(fetched.out()).isEqualTo(byDefault + "\n");
        assertThat(byDefault.resolve("note.txt")).hasContent("one\ntwo\n");

        Path elsewhere = playground.directory().resolve("else where/first");
        Ended named = playground
                .run("-a", "fetch_output", "first", "--to", "else where", "-idc", cluster)
                .with(0);
        assertThat(named.out()).isEqualTo(elsewhere + "\n");
        assertThat(elsewhere.resolve("note.txt")).hasContent("one\n");
    }

    private static void showsLogs(Playground playground, String cluster, String run) throws Exception {
        Ended none = playground.run("-a", "logs", "-idc", cluster).with(0);
        assertThat(none.out())
                .isEqualTo(
                        "No step of run " + run + " has failed. Name a step to see its log: first, second, third.\n");
        Ended named = playground.run("-a", "logs", "first", "-idc", cluster).with(0);
        assertThat(named.out())
                .contains("==> " + playground.workspace().resolve("logs/" + run + "/first-1/stdout") + " <==");
    }

    private static void ends(Playground playground, String cluster) throws Exception {
        Ended ended = playground.run("-a", "terminate_cluster", "-c", "demo").with(0);
        assertThat(ended.out())
                .isEqualTo("removed cluster " + cluster + "\nkept    workspace " + playground.workspace() + "\n");
        Ended late = playground.run("-a", "execute_steps", "-idc", cluster).with(5);
        assertThat(late.err())
                .isEqualTo("The cluster " + cluster
                        + " ('demo') has ended. Make another one with -a create_cluster -t local -c NAME.\n");
        assertThat(playground.output("second").resolve("note.txt")).hasContent("one\ntwo\n");

        playground
                .run("-a", "terminate_cluster", "-idc", cluster, "--delete-bucket", "--yes")
                .with(0);
        assertThat(Files.exists(playground.workspace())).isFalse();
    }
}
