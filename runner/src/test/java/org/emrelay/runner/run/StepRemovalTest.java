package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StepRemovalTest {
    private final RunFixture stage = new RunFixture();

    @Test
    void whatWasTakenOutBeforeTheRunBeganStaysOut() throws IOException {
        Run run = plans().step("words")
                .step("counts", "words")
                .step("clouds", "counts")
                .run();
        StepRemoval removal = StepRemoval.of(run, stage.journals, Set.of(name("counts")));
        removal.carryOut(run, stage.journals, FakeClock.START);

        RunResult result = stage.execute(run);

        assertThat(RunFixture.told(result))
                .isEqualTo(
                        "words DONE, counts SKIPPED (taken out by delete_steps), clouds SKIPPED (taken out by delete_steps)");
        assertThat(stage.submitted()).containsExactly("words/1");
    }

    @Test
    void whatWasTakenOutOfARunThatResumesAnotherStaysOutToo() throws IOException {
        Run earlier = plans().step("words").step("counts", "words").run();
        stage.execute(earlier);
        Run run = plans().step("words").step("counts", "words").run("20261121-034513-ab3f", earlier.id());
        StepRemoval.of(run, stage.journals, Set.of(name("counts"))).carryOut(run, stage.journals, FakeClock.START);
        new RunStore(stage.platform.workspace()).add(earlier);

        RunResult result = stage.execute(run);

        assertThat(RunFixture.told(result)).isEqualTo("words REUSED, counts SKIPPED (taken out by delete_steps)");
    }

    @Test
    void whatWasTakenOutRunsAllTheSameWhenItIsChosen() throws IOException {
        Run run = plans().step("words").step("counts", "words").run();
        StepRemoval.of(run, stage.journals, Set.of(name("counts"))).carryOut(run, stage.journals, FakeClock.START);

        RunResult result = stage.execute(run, new Selection(Set.of(), Set.of(), Set.of(name("counts"))));

        assertThat(RunFixture.told(result)).isEqualTo("words DONE, counts DONE");
    }

    @Test
    void whatNeedsAStepThatWasTakenOutCannotBeChosenWithoutIt() throws IOException {
        Run run = plans().step("words").step("counts", "words").run();
        StepRemoval.of(run, stage.journals, Set.of(name("words"))).carryOut(run, stage.journals, FakeClock.START);
        Selection counts = new Selection(Set.of(), Set.of(), Set.of(name("counts")));

        assertThatThrownBy(() -> stage.executor(run).execute(counts))
                .isInstanceOf(SelectionException.class)
                .hasMessage(
                        "--rerun: counts needs the output of words, which was left out of this run. Choose words too.");
    }
}
