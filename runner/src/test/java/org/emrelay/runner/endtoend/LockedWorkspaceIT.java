package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the workspace lock: a second runner is rejected unless the first is dead. */
class LockedWorkspaceIT {
    @TempDir
    private Path temporary;

    @Test
    void aSecondRunnerIsRejectedAndTheNextTakesOverFromAKilledOne() throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            project.steps("""
                    { "name": "slow", "main_class": "endtoend.WaitForMarker", "args": { "markers": "%s" } }
                    """.formatted(project.markers()));
            project.run("-a", "create_cluster", "-t", "local", "-c", "demo").expectExitCode(0);
            project.run("-a", "add_steps").expectExitCode(0);
            RunnerProcess holder = project.start("-a", "execute_steps");
            project.awaitWaitingStep();

            ProcessResult refused = project.run("-a", "execute_steps").expectExitCode(5);

            assertThat(refused.out()).isEmpty();
            assertThat(refused.err())
                    .matches("\\QWorkspace " + project.workspace() + " is locked by process " + holder.pid()
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
}
