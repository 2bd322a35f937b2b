package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the workspace lock: runners of different clusters share it, and a second one of a cluster is rejected unless the first is dead. */
class LockedWorkspaceIT {
    @TempDir
    private Path temporary;

    @Test
    void aSecondRunnerIsRejectedAndTheNextTakesOverFromAKilledOne() throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            project.steps("""
                    { "name": "slow", "main_class": "endtoend.WaitForMarker", "args": { "markers": "%s" } }
                    """.formatted(project.markers()));
            String cluster = project.run("-a", "create_cluster", "-t", "local", "-c", "demo")
                    .expectExitCode(0)
                    .lastLine();
            project.run("-a", "add_steps").expectExitCode(0);
            RunnerProcess holder = project.start("-a", "execute_steps");
            project.awaitWaitingStep();

            ProcessResult refused = project.run("-a", "execute_steps").expectExitCode(5);

            assertThat(refused.out()).isEmpty();
            assertThat(refused.err())
                    .matches("\\QCluster " + cluster + " of workspace " + project.workspace() + " is locked by process "
                            + holder.pid()
                            + " (execute_steps, since \\E[^)]+\\Q). Wait for it to end, or stop it.\\E\n");
            assertThat(project.run("-a", "list_steps", "--output", "json")
                            .expectExitCode(0)
                            .json()
                            .states())
                    .containsExactly("slow running");
            assertThat(holder.isAlive()).isTrue();

            List<ProcessHandle> steps = holder.descendants();
            assertThat(steps).as("the step and its child process").hasSizeGreaterThanOrEqualTo(2);
            holder.kill();
            TestProject.await("the end of the steps", () -> steps.stream().noneMatch(ProcessHandle::isAlive));

            project.releaseWaitingSteps();
            Json taken = project.run("-a", "execute_steps", "--output", "json")
                    .expectExitCode(0)
                    .json();
            assertThat(taken.states()).containsExactly("slow done");
            assertThat(taken.step("slow").number("attempts")).isEqualTo(2);
            assertThat(TestProject.lines(project.output("slow"), ".txt")).containsExactly("one half", "the other half");
        }
    }

    @Test
    void runsSideBySideDoNotDisturbEachOther() throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            project.steps("""
                    { "name": "slow", "main_class": "endtoend.WaitForMarker", "args": { "markers": "%s" } }
                    """.formatted(project.markers()));
            Files.writeString(project.directory().resolve("quick.json"), """
                    { "name": "quick", "defaults": { "script_uri": "%s" },
                      "steps": [ { "name": "note", "main_class": "endtoend.WriteNote", "args": { "text": "one" } } ] }
                    """.formatted(BuildArtifacts.stepsJar()));
            RunnerProcess first = project.start("-a", "run");
            project.awaitWaitingSteps(1);
            String firstRun = String.valueOf(project.newestRun().getFileName());

            ProcessResult quick =
                    project.run("-a", "run", "-steps", "quick.json").expectExitCode(0);

            int cores = Runtime.getRuntime().availableProcessors();
            if (cores > 1) {
                assertThat(quick.err())
                        .contains(cores + " of " + cores + " cores are used by run " + firstRun
                                + " (trial): this run uses 1 core.\n");
            }
            assertThat(project.directory().resolve("results/quick/note/note.txt"))
                    .hasContent("one");

            RunnerProcess second = project.start("-a", "run");
            project.awaitWaitingSteps(2);
            assertThat(statuses(project)).containsExactly("trial running", "quick done", "trial running");
            second.kill();
            project.run("-a", "run", "-steps", "quick.json").expectExitCode(0);
            assertThat(statuses(project)).containsExactly("quick done", "trial stopped", "quick done", "trial running");

            project.releaseWaitingSteps();
            first.awaitExit().expectExitCode(0);
            assertThat(TestProject.lines(project.directory().resolve("results/trial/slow"), ".txt"))
                    .containsExactly("one half", "the other half");
            assertThat(statuses(project)).containsExactly("quick done", "trial stopped", "quick done", "trial done");
        }
    }

    private static List<String> statuses(TestProject project) throws Exception {
        return project.run("-a", "list_runs", "--output", "json").expectExitCode(0).json().list("runs").stream()
                .map(run -> run.text("pipeline") + " " + run.text("status"))
                .toList();
    }
}
