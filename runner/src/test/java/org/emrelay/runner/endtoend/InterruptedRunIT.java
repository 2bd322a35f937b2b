package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of a step. */
class InterruptedRunIT {
    @TempDir
    private Path temporary;

    private interface Interruption {
        void of(RunnerProcess process) throws Exception;
    }

    @Test
    void stopsTheStepsAndCanBeGoneOnWith() throws Exception {
        interrupted(RunnerProcess::interrupt);
    }

    @Test
    void meansTheSameWhenATerminalSendsItToTheStepsToo() throws Exception {
        interrupted(RunnerProcess::interruptAll);
    }

    private void interrupted(Interruption interruption) throws Exception {
        try (Playground playground = new Playground(temporary)) {
            playground.steps("""
                    { "name": "before", "main_class": "endtoend.Note", "args": { "text": "one" } },
                    { "name": "slow", "main_class": "endtoend.Waits", "after": [ "before" ],
                      "args": { "signs": "%s" } },
                    { "name": "behind", "main_class": "endtoend.Note", "after": [ "slow" ], "args": { "text": "two" } }
                    """.formatted(playground.signs()));
            RunnerProcess running = playground.start("-a", "run", "--output", "json");
            playground.awaitWaitingStep();
            List<ProcessHandle> children = running.children();
            assertThat(children).hasSizeGreaterThanOrEqualTo(2);

            interruption.of(running);
            Ended stopped = running.ended().with(130);

            assertThat(stopped.json().text("status")).isEqualTo("interrupted");
            assertThat(stopped.json().states()).containsExactly("before done", "slow cancelled", "behind cancelled");
            assertThat(stopped.json().step("slow").text("reason")).isEqualTo("interrupted");
            assertThat(stopped.err()).contains("slow: stopped: interrupted\n");
            Playground.await("an end of the steps", () -> children.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(playground.processesInside()).isEmpty();

            playground.letThemGo();
            Json finished = playground
                    .run("-a", "execute_steps", "--output", "json")
                    .with(0)
                    .json();
            assertThat(finished.states()).containsExactly("before done", "slow done", "behind done");
            assertThat(finished.step("before").number("attempts")).isEqualTo(1);
            assertThat(finished.step("slow").number("attempts")).isEqualTo(2);
            assertThat(Playground.lines(playground.output("slow"), ".txt"))
                    .containsExactly("one half", "the other half");
        }
    }
}
