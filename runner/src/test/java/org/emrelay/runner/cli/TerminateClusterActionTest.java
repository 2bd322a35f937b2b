package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TerminateClusterActionTest {
    private static final String RESULT = ".runner/output/clouds/" + CliFixture.RUN_ID + "/words/result.csv";

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory)).file("cluster.json", SampleFiles.CLUSTER);
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");
        cli.run("-a", "add_steps");
        cli.file(RESULT, "Emma\n");
    }

    @Test
    void terminatesTheClusterAndKeepsItsWorkspace() {
        assertThat(cli.run("-a", "terminate_cluster"))
                .isEqualTo(new CommandResult(0, "removed cluster local-bb26934c\nkept    workspace DIR/.runner\n", ""));
        assertThat(cli.path(RESULT)).exists();
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
    void aProjectNeverBecomesAWorkspace() {
        cli.file("project/input/titles.csv", "title\nEmma\n")
                .file("project/scripts/job.py", "")
                .file("project/output/words.csv", "Emma\n")
                .file("project/logs/job.log", "");
        CommandResult refused = new CommandResult(
                5,
                "",
                "DIR/project is not a workspace of Emrelay, and it is not empty. Pass a new or an empty directory as"
                        + " --workspace.\n");
        cli.inDirectory("project");

        assertThat(cli.run("-a", "create_cluster", "-t", "local", "-c", "here", "--workspace", "."))
                .isEqualTo(refused);
        assertThat(cli.run("-a", "terminate_cluster", "--workspace", ".", "--delete-bucket", "--yes"))
                .isEqualTo(refused);
        assertThat(cli.run("-a", "list_clusters", "--workspace", ".")).isEqualTo(refused);
        assertThat(cli.path("project").toFile().list()).containsExactlyInAnyOrder("input", "scripts", "output", "logs");
    }

    @Test
    void deletesOnlyWhatEmrelayMade() throws IOException {
        Files.createDirectory(cli.path("project"));
        cli.inDirectory("project");
        cli.run("-a", "create_cluster", "-t", "local", "-c", "here", "--workspace", ".");
        cli.file("project/steps.json", SampleFiles.CLOUDS.replace("titles.csv", "input/titles.csv"))
                .file("project/job.py", "")
                .file("project/scripts/mine.py", "")
                .file("project/input/titles.csv", "title\nEmma\n")
                .file("project/output/mine/words.csv", "Emma\n")
                .file("project/logs/mine.log", "")
                .file("project/logs/spark/20261121-034512-ab3f/words-1/app-1", "{}")
                .file("project/logs/spark/.20261121-034512-ab3f.1f.removed.tmp/words-1/app-1", "{}")
                .file("project/cache/0011223344556677/titles.csv", "");
        assertThat(cli.run("-a", "add_steps", "--workspace", ".").code()).isZero();

        CommandResult result = cli.run("-a", "terminate_cluster", "--workspace", ".", "--delete-bucket", "--yes");

        assertThat(result).isEqualTo(new CommandResult(0, """
                        removed cluster local-122c8885
                        removed workspace DIR/project
                        kept    DIR/project/input/titles.csv, which Emrelay did not create
                        kept    DIR/project/job.py, which Emrelay did not create
                        kept    DIR/project/logs/mine.log, which Emrelay did not create
                        kept    DIR/project/output/mine, which Emrelay did not create
                        kept    DIR/project/scripts/mine.py, which Emrelay did not create
                        kept    DIR/project/steps.json, which Emrelay did not create
                        """, ""));
        assertThat(cli.path("project").toFile().list())
                .containsExactlyInAnyOrder("steps.json", "job.py", "scripts", "input", "output", "logs");
        assertThat(cli.path("project/logs/spark")).doesNotExist();
        assertThat(cli.path("project/output/mine/words.csv")).exists();
    }

    @Test
    void theCacheTheLatestRunsAndTheDigestsOfRunsBelongToTheWorkspace() {
        cli.file(".runner/cache/0011223344556677/titles.csv", "")
                .file(".runner/cache/.8899aabbccddeeff.fetch/lock", "")
                .file(".runner/output/clouds/latest", "20261121-034512-8ffa\n")
                .file(".runner/run-digests/20261121-034512-8ffa", "");

        assertThat(cli.run("-a", "terminate_cluster", "--delete-bucket", "--yes"))
                .isEqualTo(new CommandResult(0, "removed cluster local-bb26934c\nremoved workspace DIR/.runner\n", ""));
        assertThat(cli.path(".runner")).doesNotExist();
    }

    @Test
    void nothingUsesAWorkspaceThatIsBeingDeleted() throws IOException {
        LocalWorkspace workspace = LocalWorkspace.open(cli.path(".runner"));
        try (WorkspaceLock deletion =
                WorkspaceLock.acquire(workspace, "terminate_cluster", Instant.parse(CliFixture.NOW))) {
            deletion.lockExclusively();
            CommandResult refused = new CommandResult(
                    5,
                    "",
                    "Workspace DIR/.runner is locked by process "
                            + ProcessHandle.current().pid() + " (terminate_cluster, since " + CliFixture.NOW
                            + "). Wait for it to end, or stop it.\n");
            assertThat(cli.run("-a", "list_steps")).isEqualTo(refused);
            assertThat(cli.run("-a", "list_clusters")).isEqualTo(refused);
            assertThat(cli.run("-a", "create_cluster", "-t", "emr", "-c", "x", "-cluster", "cluster.json"))
                    .isEqualTo(refused);
            assertThat(cli.run("-a", "run")).isEqualTo(refused);
        }
        assertThat(cli.run("-a", "list_steps").code()).isZero();
    }

    @Test
    void aReaderKeepsTheWorkspaceFromBeingDeleted() throws IOException {
        LocalWorkspace workspace = LocalWorkspace.open(cli.path(".runner"));
        try (WorkspaceLock reader = WorkspaceLock.acquire(workspace, "fetch_output", Instant.parse(CliFixture.NOW))) {
            assertThat(reader).isNotNull();
            assertThat(cli.run("-a", "terminate_cluster", "--delete-bucket", "--yes"))
                    .isEqualTo(new CommandResult(
                            5,
                            "",
                            "Workspace DIR/.runner is locked by process "
                                    + ProcessHandle.current().pid() + " (fetch_output, since " + CliFixture.NOW
                                    + "). Wait for it to end, or stop it.\n"));
        }
        assertThat(cli.path(RESULT)).exists();
    }

    @Test
    void usesAndDeletesAWorkspaceOfAnOlderVersionWithoutAMarker() throws IOException {
        Files.delete(cli.path(".runner/.emrelay-workspace"));

        assertThat(cli.run("-a", "list_steps").code()).isZero();
        assertThat(cli.run("-a", "terminate_cluster", "--delete-bucket", "--yes")
                        .err())
                .isEmpty();
        assertThat(cli.path(".runner")).doesNotExist();
    }
}
