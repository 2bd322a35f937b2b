package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a workspace that a full disk or an editor spoilt: a sentence each, and never a stack trace. */
final class CorruptWorkspaceTest {
    private static final String CLUSTER = ".runner/cluster-fleet/" + Prompt.FIRST + ".json";
    private static final String RUN = ".runner/runs/" + Prompt.RUN + "/run.json";
    private static final String JOURNAL = ".runner/runs/" + Prompt.RUN + "/events.jsonl";

    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeEach
    void layOut() {
        prompt = Pipelines.laidOut(new Prompt(directory));
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "demo");
        prompt.type("-a", "add_steps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "no JSON at all"})
    void clusterThatCannotBeRead(String text) {
        prompt.file(CLUSTER, text);
        CommandResult said = new CommandResult(
                4,
                "",
                "DIR/" + CLUSTER + " does not describe a local cluster. Remove it, and create the cluster again.\n");

        assertThat(prompt.type("-a", "list_clusters")).isEqualTo(said);
        assertThat(prompt.type("-a", "list_steps")).isEqualTo(said);
        assertThat(prompt.type("-a", "terminate_cluster", "-c", "demo")).isEqualTo(said);
    }

    @Test
    void clusterWithASpoiltState() {
        prompt.file(CLUSTER, prompt.text(CLUSTER).replace("WAITING", "SOMETHING"));

        assertThat(prompt.type("-a", "list_clusters").err())
                .isEqualTo("DIR/" + CLUSTER
                        + " does not describe a local cluster. Remove it, and create the cluster again.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "no JSON at all"})
    void runThatCannotBeRead(String text) {
        prompt.file(RUN, text);

        for (String action : new String[] {"list_steps", "execute_steps", "delete_steps", "logs", "fetch_output"}) {
            CommandResult said = prompt.type("-a", action);
            assertThat(said.code()).isEqualTo(3);
            assertThat(said.out()).isEmpty();
            assertThat(said.err())
                    .matches("DIR/\\Q" + RUN + "\\E is not what add_steps wrote: .+\\. Add the steps again\\.\n");
        }
    }

    @Test
    void everyWholePrefixOfARunIsASentence() {
        String whole = prompt.text(RUN).strip();

        for (int length = 0; length < whole.length(); length += 97) {
            prompt.file(RUN, whole.substring(0, length));
            CommandResult said = prompt.type("-a", "list_steps");
            assertThat(said.code()).isEqualTo(3);
            assertThat(said.err()).hasLineCount(1).endsWith(" Add the steps again.\n");
        }
    }

    @Test
    void journalThatCannotBeRead() {
        prompt.file(JOURNAL, "no event\n");

        CommandResult said = prompt.type("-a", "list_steps");

        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err())
                .hasLineCount(1)
                .startsWith("DIR/" + JOURNAL + ": line 1 is no event of a run: ")
                .endsWith(" Mend the line, or add the steps again.\n");
    }

    @Test
    void describesAClusterInSpiteOfARunThatCannotBeRead() {
        prompt.type("-a", "add_steps");
        prompt.file(RUN, "{}");

        assertThat(prompt.type("-a", "describe_cluster"))
                .isEqualTo(new CommandResult(
                        0,
                        """
                        Cluster local-bb26934c 'demo', WAITING, created 2026-11-21T03:45:12Z
                        Workspace DIR/.runner

                        RUN                   PIPELINE  STATUS      BEGUN
                        20261121-034513-122c  clouds    unfinished  2026-11-21T03:45:12Z
                        """,
                        "warning: DIR/" + RUN
                                + " is not what add_steps wrote: format is missing. Add the steps again.\n"));
    }

    @Test
    void describesARunWhoseJournalCannotBeRead() {
        prompt.file(JOURNAL, "{}\n");

        CommandResult said = prompt.type("-a", "describe_cluster");

        assertThat(said.code()).isZero();
        assertThat(said.out()).endsWith("20261121-034512-8ffa  clouds    damaged  2026-11-21T03:45:12Z\n");
        assertThat(said.err()).startsWith("warning: DIR/" + JOURNAL + ": line 1 is no event of a run: ");
    }

    @Test
    void lockThatCannotBeReadHoldsNothing() {
        prompt.file(".runner/lock.json", "no JSON");

        assertThat(prompt.type("-a", "delete_steps", "--yes").code()).isZero();
    }

    @Test
    void scriptThatIsADirectory() throws IOException {
        Path job = prompt.path("job.py");
        Files.delete(job);
        Files.createDirectory(job);

        assertThat(prompt.type("-a", "plan"))
                .isEqualTo(new CommandResult(
                        3, "", "steps.json: defaults.script_uri: DIR/job.py is a directory, not a file.\n"));
    }
}
