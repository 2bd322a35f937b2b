package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runners on one workspace: the second is refused, unless the first is dead. */
class LockedWorkspaceIT {
    @TempDir
    private Path temporary;

    @Test
    void theSecondIsToldWhoHoldsItAndTheNextTakesOverFromAKilledOne() throws Exception {
        try (Playground playground = new Playground(temporary)) {
            playground.steps("""
                    { "name": "slow", "main_class": "endtoend.Waits", "args": { "signs": "%s" } }
                    """.formatted(playground.signs()));
            playground.run("-a", "create_cluster", "-t", "local", "-c", "demo").with(0);
            playground.run("-a", "add_steps").with(0);
            RunnerProcess holder = playground.start("-a", "execute_steps");
            playground.awaitWaitingStep();

            Ended refused = playground.run("-a", "execute_steps").with(5);

            assertThat(refused.out()).isEmpty();
            assertThat(refused.err())
                    .matches("\\QThe workspace " + playground.workspace() + " is in use by process " + holder.pid()
                            + " (execute_steps, since \\E[^)]+\\Q). Wait until it has ended, or stop it.\\E\n");
            assertThat(playground
                            .run("-a", "list_steps", "--output", "json")
                            .with(0)
                            .json()
                            .states())
                    .containsExactly("slow running");
            assertThat(holder.isAlive()).isTrue();

            List<ProcessHandle> steps = holder.children();
            assertThat(steps).as("the step and what it started").hasSizeGreaterThanOrEqualTo(2);
            holder.kill();
            Playground.await("an end of the steps", () -> steps.stream().noneMatch(ProcessHandle::isAlive));

            playground.letThemGo();
            Json taken = playground
                    .run("-a", "execute_steps", "--output", "json")
                    .with(0)
                    .json();
            assertThat(taken.states()).containsExactly("slow done");
            assertThat(taken.step("slow").number("attempts")).isEqualTo(2);
            assertThat(Playground.lines(playground.output("slow"), ".txt"))
                    .containsExactly("one half", "the other half");
        }
    }
}
