package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports workspace files corrupted by a full disk or an editor in one sentence, without a stack trace. */
final class CorruptWorkspaceTest {
    private static final String CLUSTER = ".runner/cluster-fleet/" + CliFixture.FIRST_CLUSTER_ID + ".json";
    private static final String RUN = ".runner/runs/" + CliFixture.RUN_ID + "/run.json";
    private static final String JOURNAL = ".runner/runs/" + CliFixture.RUN_ID + "/events.jsonl";

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory));
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");
        cli.run("-a", "add_steps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "no JSON at all"})
    void reportsACorruptCluster(String text) {
        cli.file(CLUSTER, text);
        CommandResult corrupt = new CommandResult(
                4,
                "",
                "DIR/" + CLUSTER
                        + " is not a valid local cluster record. Delete the file and create the cluster again.\n");

        assertThat(cli.run("-a", "list_clusters")).isEqualTo(corrupt);
        assertThat(cli.run("-a", "list_steps")).isEqualTo(corrupt);
        assertThat(cli.run("-a", "terminate_cluster", "-c", "demo")).isEqualTo(corrupt);
    }

    @Test
    void reportsAClusterWithAnUnknownState() {
        cli.file(CLUSTER, cli.text(CLUSTER).replace("WAITING", "SOMETHING"));

        assertThat(cli.run("-a", "list_clusters").err())
                .isEqualTo("DIR/" + CLUSTER
                        + " is not a valid local cluster record. Delete the file and create the cluster again.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "no JSON at all"})
    void reportsACorruptRun(String text) {
        cli.file(RUN, text);

        for (String action : new String[] {"list_steps", "execute_steps", "delete_steps", "logs", "fetch_output"}) {
            CommandResult result = cli.run("-a", action);
            assertThat(result.code()).isEqualTo(3);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .matches("DIR/\\Q" + RUN + "\\E is not a valid run file: .+\\. Add the steps again\\.\n");
        }
    }

    @Test
    void reportsATruncatedRunInOneLine() {
        String whole = cli.text(RUN).strip();

        for (int length = 0; length < whole.length(); length += 97) {
            cli.file(RUN, whole.substring(0, length));
            CommandResult result = cli.run("-a", "list_steps");
            assertThat(result.code()).isEqualTo(3);
            assertThat(result.err()).hasLineCount(1).endsWith(" Add the steps again.\n");
        }
    }

    @Test
    void reportsACorruptJournal() {
        cli.file(JOURNAL, "no event\n");

        CommandResult result = cli.run("-a", "list_steps");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err())
                .hasLineCount(1)
                .startsWith("DIR/" + JOURNAL + ": line 1 is not a valid run event: ")
                .endsWith(" Fix the line, or add the steps again.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", "events.jsonl"})
    void olderRunsAreShownDespiteADamagedNewestOne(String file) {
        cli.run("-a", "add_steps");
        cli.file(".runner/runs/20261121-034513-122c/" + file, "{}\n");

        for (String action : new String[] {"list_steps", "fetch_output", "logs"}) {
            CommandResult result = cli.run("-a", action);
            assertThat(result.err())
                    .as(action)
                    .startsWith("warning: skipped a damaged run. DIR/.runner/runs/20261121-034513-122c/" + file);
            assertThat(result.code()).as(action).isNotEqualTo(3);
        }
        assertThat(cli.run("-a", "list_steps").out())
                .startsWith("Run 20261121-034512-8ffa of clouds on local-bb26934c:\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", "events.jsonl"})
    void resumesAnOlderRunDespiteADamagedNewestOne(String file) {
        cli.run("-a", "add_steps");
        cli.file(".runner/runs/20261121-034513-122c/" + file, "{}\n");

        CommandResult result = cli.run("-a", "add_steps", "--resume");

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .startsWith("warning: skipped a damaged run. DIR/.runner/runs/20261121-034513-122c/" + file);
        String added = result.out().replaceAll("(?s).*(20261121-[0-9]{6}-[0-9a-f]{4}).*", "$1");
        assertThat(cli.text(".runner/runs/" + added + "/run.json")).contains("\"resumed_from\" : \"all\"");
    }

    @Test
    void describesAClusterDespiteACorruptRun() {
        cli.run("-a", "add_steps");
        cli.file(RUN, "{}");

        assertThat(cli.run("-a", "describe_cluster"))
                .isEqualTo(new CommandResult(
                        0,
                        """
                        Cluster local-bb26934c 'demo', WAITING, created 2026-11-21T03:45:12Z
                        Workspace DIR/.runner

                        RUN                   PIPELINE  STATUS   STARTED  LENGTH  SIZE  COST  PARAMETERS
                        20261121-034513-122c  clouds    waiting  –        –       0 B   –
                        20261121-034512-8ffa  –         damaged  –        –       –     –
                        """,
                        "warning: DIR/" + RUN + " is not a valid run file: format is missing. Add the steps again.\n"));
    }

    @Test
    void describesARunWithACorruptJournal() {
        cli.file(JOURNAL, "{}\n");

        CommandResult result = cli.run("-a", "describe_cluster");

        assertThat(result.code()).isZero();
        assertThat(result.out()).endsWith("20261121-034512-8ffa  –         damaged  –        –       –     –\n");
        assertThat(result.err()).startsWith("warning: DIR/" + JOURNAL + ": line 1 is not a valid run event: ");
    }

    @Test
    void ignoresACorruptLock() {
        cli.file(".runner/locks/1-a.json", "no JSON");

        assertThat(cli.run("-a", "delete_steps", "--yes").code()).isZero();
    }

    @Test
    void rejectsADirectoryAsAScript() throws IOException {
        Path job = cli.path("job.py");
        Files.delete(job);
        Files.createDirectory(job);

        assertThat(cli.run("-a", "plan"))
                .isEqualTo(new CommandResult(
                        3, "", "steps.json: defaults.script_uri: DIR/job.py is a directory, not a file.\n"));
    }
}
