package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StepRemovalTest {
    private final RunFixture fixture = new RunFixture();

    @Test
    void stepRemovedBeforeTheRunBeginsStaysRemoved() throws IOException {
        Run run = plans().step("words")
                .step("counts", "words")
                .step("clouds", "counts")
                .run();
        StepRemoval removal = StepRemoval.of(run, fixture.journals, Set.of(name("counts")));
        removal.execute(run, fixture.journals, FakeClock.START);

        RunResult result = fixture.execute(run);

        assertThat(RunFixture.summary(result))
                .isEqualTo(
                        "words DONE, counts SKIPPED (taken out by delete_steps), clouds SKIPPED (taken out by delete_steps)");
        assertThat(fixture.submitted()).containsExactly("words/1");
    }

    @Test
    void stepRemovedFromAResumedRunStaysRemoved() throws IOException {
        Run earlier = plans().step("words").step("counts", "words").run();
        fixture.execute(earlier);
        Run run = plans().step("words")
                .step("counts", "words")
                .run("20261121-034513-ab3f", new Reuse.OfRun(earlier.id()));
        StepRemoval.of(run, fixture.journals, Set.of(name("counts"))).execute(run, fixture.journals, FakeClock.START);
        new RunStore(fixture.platform.workspace()).add(earlier);

        RunResult result = fixture.execute(run);

        assertThat(RunFixture.summary(result)).isEqualTo("words REUSED, counts SKIPPED (taken out by delete_steps)");
    }

    @Test
    void removedStepRunsWhenSelected() throws IOException {
        Run run = plans().step("words").step("counts", "words").run();
        StepRemoval.of(run, fixture.journals, Set.of(name("counts"))).execute(run, fixture.journals, FakeClock.START);

        RunResult result = fixture.execute(run, new Selection(Set.of(), Set.of(), Set.of(name("counts"))));

        assertThat(RunFixture.summary(result)).isEqualTo("words DONE, counts DONE");
    }

    @Test
    void dependentOfARemovedStepCannotBeSelectedAlone() throws IOException {
        Run run = plans().step("words").step("counts", "words").run();
        StepRemoval.of(run, fixture.journals, Set.of(name("words"))).execute(run, fixture.journals, FakeClock.START);
        Selection counts = new Selection(Set.of(), Set.of(), Set.of(name("counts")));

        assertThatThrownBy(() -> fixture.executor(run).execute(counts))
                .isInstanceOf(SelectionException.class)
                .hasMessage(
                        "--rerun: counts needs the output of words, which is skipped in this run. Select words too.");
    }
}
