package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TerminateClusterActionTest {
    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory));
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");
        cli.run("-a", "add_steps");
        cli.file(".runner/output/clouds/result.csv", "Emma\n");
    }

    @Test
    void terminatesTheClusterAndKeepsItsWorkspace() {
        assertThat(cli.run("-a", "terminate_cluster"))
                .isEqualTo(new CommandResult(0, "removed cluster local-bb26934c\nkept    workspace DIR/.runner\n", ""));
        assertThat(cli.path(".runner/output/clouds/result.csv")).exists();
        assertThat(cli.run("-a", "list_steps", "-c", "demo").code()).isZero();
    }

    @Test
    void canBeRepeated() {
        cli.run("-a", "terminate_cluster");

        assertThat(cli.run("-a", "terminate_cluster", "-c", "demo"))
                .isEqualTo(new CommandResult(
                        0, "Cluster local-bb26934c was already terminated.\nkept    workspace DIR/.runner\n", ""));
    }

    @Test
    void reportsDeletionsAsJson() {
        assertThat(cli.run("-a", "terminate_cluster", "-idc", CliFixture.FIRST_CLUSTER_ID, "--output", "json"))
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
    void deletesTheWorkspaceOnlyAfterConfirmation() {
        String question = "Delete the workspace DIR/.runner with all results in it?";

        assertThat(cli.run("-a", "terminate_cluster", "--delete-bucket"))
                .isEqualTo(new CommandResult(5, "", question + " Not a terminal: pass --yes to confirm.\n"));
        assertThat(cli.withAnswer("no").run("-a", "terminate_cluster", "--delete-bucket"))
                .isEqualTo(new CommandResult(5, "", question + " [y/N] Cancelled. Nothing was changed.\n"));
        assertThat(cli.run("-a", "list_clusters").out()).contains("WAITING");
        assertThat(cli.withAnswer("y").run("-a", "terminate_cluster", "--delete-bucket"))
                .isEqualTo(new CommandResult(
                        0, "removed cluster local-bb26934c\nremoved workspace DIR/.runner\n", question + " [y/N] "));
        assertThat(cli.path(".runner")).doesNotExist();
    }

    @Test
    void skipsConfirmationWithYes() {
        assertThat(cli.run("-a", "terminate_cluster", "--delete-bucket", "--yes"))
                .isEqualTo(new CommandResult(0, "removed cluster local-bb26934c\nremoved workspace DIR/.runner\n", ""));
        assertThat(cli.path(".runner")).doesNotExist();
        assertThat(cli.path("titles.csv")).exists();
    }

    @Test
    void keepsAWorkspaceThatAnotherClusterUses() {
        cli.run("-a", "create_cluster", "-t", "local", "-c", "another");

        CommandResult result = cli.run("-a", "terminate_cluster", "-c", "demo", "--delete-bucket", "--yes");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err())
                .matches("Cluster local-[0-9a-f]{8} \\('another'\\) is up and uses the same workspace\\."
                        + " Terminate it first, or omit --delete-bucket\\.\n");
        assertThat(cli.run("-a", "list_clusters").out()).doesNotContain("TERMINATED");
    }

    @Test
    void keepsAWorkspaceThatContainsForeignFiles() {
        cli.run("-a", "create_cluster", "-t", "local", "-c", "here", "--workspace", ".");

        assertThat(cli.run("-a", "terminate_cluster", "--workspace", ".", "--delete-bucket", "--yes"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "The workspace DIR holds files that Emrelay did not create: .runner, job.py, steps.json, titles.csv."
                                + " It is not deleted. Omit --delete-bucket, or move these files away.\n"));
        assertThat(cli.path("job.py")).exists();
        assertThat(cli.run("-a", "list_clusters", "--workspace", ".").out()).contains("WAITING");
    }
}
