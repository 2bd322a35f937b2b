package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TerminateClusterActionTest {
    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeEach
    void layOut() {
        prompt = Pipelines.laidOut(new Prompt(directory));
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "demo");
        prompt.type("-a", "add_steps");
        prompt.file(".runner/output/clouds/result.csv", "Emma\n");
    }

    @Test
    void endsTheClusterAndKeepsResultsLogsAndJournal() {
        assertThat(prompt.type("-a", "terminate_cluster"))
                .isEqualTo(new CommandResult(0, "removed cluster local-bb26934c\nkept    workspace DIR/.runner\n", ""));
        assertThat(prompt.path(".runner/output/clouds/result.csv")).exists();
        assertThat(prompt.type("-a", "list_steps", "-c", "demo").code()).isZero();
    }

    @Test
    void canBeRepeated() {
        prompt.type("-a", "terminate_cluster");

        assertThat(prompt.type("-a", "terminate_cluster", "-c", "demo"))
                .isEqualTo(new CommandResult(
                        0, "The cluster local-bb26934c had ended before.\nkept    workspace DIR/.runner\n", ""));
    }

    @Test
    void tellsScriptsWhatItRemovedAndKept() {
        assertThat(prompt.type("-a", "terminate_cluster", "-idc", Prompt.FIRST, "--output", "json"))
                .isEqualTo(new CommandResult(0, """
                        {
                          "cluster_id" : "local-bb26934c",
                          "removed" : [
                            "cluster local-bb26934c"
                          ],
                          "kept" : [
                            "workspace DIR/.runner"
                          ]
                        }
                        """, ""));
    }

    @Test
    void removesTheWorkspaceOnlyWhenThatIsConfirmed() {
        String question = "Remove the workspace DIR/.runner with all results in it?";

        assertThat(prompt.type("-a", "terminate_cluster", "--delete-bucket"))
                .isEqualTo(new CommandResult(5, "", question + " Nobody can be asked here: say --yes.\n"));
        assertThat(prompt.answering("no").type("-a", "terminate_cluster", "--delete-bucket"))
                .isEqualTo(new CommandResult(5, "", question + " [y/N] Nothing was changed.\n"));
        assertThat(prompt.type("-a", "list_clusters").out()).contains("WAITING");
        assertThat(prompt.answering("y").type("-a", "terminate_cluster", "--delete-bucket"))
                .isEqualTo(new CommandResult(
                        0, "removed cluster local-bb26934c\nremoved workspace DIR/.runner\n", question + " [y/N] "));
        assertThat(prompt.path(".runner")).doesNotExist();
    }

    @Test
    void doesNotAskWhereYesIsSaid() {
        assertThat(prompt.type("-a", "terminate_cluster", "--delete-bucket", "--yes"))
                .isEqualTo(new CommandResult(0, "removed cluster local-bb26934c\nremoved workspace DIR/.runner\n", ""));
        assertThat(prompt.path(".runner")).doesNotExist();
        assertThat(prompt.path("titles.csv")).exists();
    }

    @Test
    void keepsAWorkspaceThatAnotherClusterUses() {
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "another");

        CommandResult said = prompt.type("-a", "terminate_cluster", "-c", "demo", "--delete-bucket", "--yes");

        assertThat(said.code()).isEqualTo(5);
        assertThat(said.err())
                .matches(
                        "The cluster local-[0-9a-f]{8} \\('another'\\) uses the same workspace and is up: end it first,"
                                + " or leave --delete-bucket out\\.\n");
        assertThat(prompt.type("-a", "list_clusters").out()).doesNotContain("TERMINATED");
    }

    @Test
    void removesNoDirectoryThatHoldsOtherThingsToo() {
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "here", "--workspace", ".");

        assertThat(prompt.type("-a", "terminate_cluster", "--workspace", ".", "--delete-bucket", "--yes"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "The workspace DIR holds what no cluster of it made: .runner, job.py, steps.json, titles.csv. It is"
                                + " not removed: leave --delete-bucket out, or move these away.\n"));
        assertThat(prompt.path("job.py")).exists();
        assertThat(prompt.type("-a", "list_clusters", "--workspace", ".").out()).contains("WAITING");
    }
}
