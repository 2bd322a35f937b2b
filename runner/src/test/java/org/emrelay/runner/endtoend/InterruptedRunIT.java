package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests Ctrl-C during a step. */
class InterruptedRunIT {
    @TempDir
    private Path temporary;

    private interface Interruption {
        void send(RunnerProcess process) throws Exception;
    }

    @Test
    void stopsTheStepsAndCanBeResumed() throws Exception {
        assertStopsAndResumes(RunnerProcess::interrupt);
    }

    @Test
    void worksTheSameWhenTheTerminalInterruptsTheStepsToo() throws Exception {
        assertStopsAndResumes(RunnerProcess::interruptAll);
    }

    private void assertStopsAndResumes(Interruption interruption) throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            project.steps("""
                    { "name": "before", "main_class": "endtoend.WriteNote", "args": { "text": "one" } },
                    { "name": "slow", "main_class": "endtoend.WaitForMarker", "after": [ "before" ],
                      "args": { "markers": "%s" } },
                    { "name": "behind", "main_class": "endtoend.WriteNote", "after": [ "slow" ], "args": { "text": "two" } }
                    """.formatted(project.markers()));
            RunnerProcess running = project.start("-a", "run", "--output", "json");
            project.awaitWaitingStep();
            List<ProcessHandle> children = running.descendants();
            assertThat(children).hasSizeGreaterThanOrEqualTo(2);

            interruption.send(running);
            ProcessResult stopped = running.awaitExit().expectExitCode(130);

            assertThat(stopped.json().text("status")).isEqualTo("interrupted");
            assertThat(stopped.json().states()).containsExactly("before done", "slow cancelled", "behind cancelled");
            assertThat(stopped.json().step("slow").text("reason")).isEqualTo("interrupted");
            assertThat(stopped.err()).contains("slow: cancelled: interrupted\n");
            TestProject.await("the end of the steps", () -> children.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(project.processesInside()).isEmpty();

            project.releaseWaitingSteps();
            Json finished = project.run("-a", "execute_steps", "--output", "json")
                    .expectExitCode(0)
                    .json();
            assertThat(finished.states()).containsExactly("before done", "slow done", "behind done");
            assertThat(finished.step("before").number("attempts")).isEqualTo(1);
            assertThat(finished.step("slow").number("attempts")).isEqualTo(2);
            assertThat(TestProject.lines(project.output("slow"), ".txt")).containsExactly("one half", "the other half");
        }
    }
}
