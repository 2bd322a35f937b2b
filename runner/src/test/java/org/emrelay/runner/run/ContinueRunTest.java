package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.OutputSummary;
import org.junit.jupiter.api.Test;

/** The same run executed again. */
final class ContinueRunTest {
    private static final String WORDS = "memory:/output/clouds/20261121-034512-ab3f/words";

    private final RunFixture stage = new RunFixture();
    private final Run run = plans().step("words")
            .step("counts", "words")
            .step("clouds", "counts")
            .step("other")
            .run();

    @Test
    void aRunThatIsDoneIsOnlyReportedAgain() {
        RunResult first = stage.execute(run);
        List<Event> journal = List.copyOf(stage.journals.of(run.id()));

        assertThat(stage.execute(run)).isEqualTo(first);
        assertThat(stage.journals.of(run.id())).isEqualTo(journal);
    }

    @Test
    void whatFailedWasSkippedOrCancelledIsTriedAgain() {
        stage.platform
                .script("words", AttemptScript.FAIL, AttemptScript.SUCCEED)
                .script("other", AttemptScript.NEVER_START, AttemptScript.SUCCEED);
        assertThat(RunFixture.told(stage.execute(run)))
                .isEqualTo("words FAILED (exit code 1), counts SKIPPED (needs words, which failed), "
                        + "clouds SKIPPED (needs words, which failed), other CANCELLED (words failed)");

        RunResult second = stage.execute(run);

        assertThat(RunFixture.told(second)).isEqualTo("words DONE, counts DONE, clouds DONE, other DONE");
        assertThat(second.find(name("words")).orElseThrow().runsAgain()).isEqualTo("it failed before");
    }

    @Test
    void aStepThatIsTriedAnewHasAllItsRetriesAgain() {
        Run retried = plans().policy(OnFailure.CANCEL, 1, null).step("words").run();
        stage.platform.script(
                "words", AttemptScript.FAIL, AttemptScript.FAIL, AttemptScript.FAIL, AttemptScript.SUCCEED);
        assertThat(RunFixture.told(stage.execute(retried))).isEqualTo("words FAILED (exit code 1)");

        assertThat(RunFixture.told(stage.execute(retried))).isEqualTo("words DONE");
        assertThat(stage.submitted()).containsExactly("words/1", "words/2", "words/3", "words/4");
    }

    @Test
    void aDoneStepWhoseOutputIsGoneRunsAgainAndAllBelowIt() {
        stage.platform.script("clouds", AttemptScript.FAIL, AttemptScript.SUCCEED);
        stage.execute(run);
        stage.platform.workspace.outputs.remove(WORDS);

        RunResult result = stage.execute(run);

        assertThat(RunFixture.told(result)).isEqualTo("words DONE, counts DONE, clouds DONE, other DONE");
        assertThat(result.steps())
                .extracting(RunResult.StepResult::runsAgain)
                .containsExactly("its output at " + WORDS + " is gone", "words runs again", "it failed before", "");
    }

    @Test
    void aDoneStepWhoseOutputHasChangedRunsAgain() {
        stage.platform.script("clouds", AttemptScript.FAIL, AttemptScript.SUCCEED);
        stage.execute(run);
        stage.platform.workspace.outputs.put(WORDS, new OutputSummary(1, 11, "by hand"));

        assertThat(stage.execute(run).find(name("words")).orElseThrow().runsAgain())
                .isEqualTo("its output at " + WORDS + " has changed");
    }

    @Test
    void whatSomebodyPutAtAChosenPlaceMeanwhileIsNotOverwritten() {
        Run chosen = plans().step("words")
                .output("words", new Output(new Output.At("/data/words"), "output", "", false))
                .step("counts", "words")
                .run();
        stage.platform.script("counts", AttemptScript.FAIL);
        stage.execute(chosen);
        stage.platform.workspace.outputs.put("/data/words", new OutputSummary(1, 11, "by hand"));

        assertThat(RunFixture.told(stage.execute(chosen)))
                .isEqualTo("words FAILED (its output would replace what is at /data/words already), "
                        + "counts SKIPPED (needs words, which failed)");
    }

    @Test
    void rerunMakesAStepAndAllBelowItAgain() {
        stage.execute(run);

        RunResult result = stage.execute(run, rerun("counts"));

        assertThat(RunFixture.told(result)).isEqualTo("words DONE, counts DONE, clouds DONE, other DONE");
        assertThat(result.steps())
                .extracting(RunResult.StepResult::runsAgain)
                .containsExactly("", "chosen by --rerun", "counts runs again", "");
        assertThat(stage.submitted()).endsWith("counts/2", "clouds/2");
    }

    @Test
    void aRerunThatIsKilledWhileItIsSettledLeavesNothingBelowItUntouched() {
        stage.execute(run);
        int events = stage.journals.of(run.id()).size();
        int continuedAndThreeResets = 4;
        for (int written = 2; written <= continuedAndThreeResets; written++) {
            RunFixture killed = new RunFixture();
            killed.execute(run);
            killed.journals.dieAfter(events + written);
            assertThatThrownBy(() -> killed.execute(run, rerun("words"))).isInstanceOf(InMemoryJournals.Killed.class);
            killed.journals.liveOn();

            killed.execute(run);

            assertThat(killed.submitted())
                    .contains("words/2", "counts/2", "clouds/2")
                    .doesNotContain("other/2");
        }
    }

    @Test
    void whatAnEarlierExecutorLostIsNotCountedAgainstTheNext() {
        Run lost = plans().step("words").run();
        stage.platform.script(
                "words",
                AttemptScript.LOSE,
                AttemptScript.LOSE,
                AttemptScript.LOSE,
                AttemptScript.LOSE,
                AttemptScript.SUCCEED);
        int twoAttemptsLost = 7;
        stage.journals.dieAfter(twoAttemptsLost);
        assertThatThrownBy(() -> stage.execute(lost)).isInstanceOf(InMemoryJournals.Killed.class);
        stage.journals.liveOn();

        assertThat(RunFixture.told(stage.execute(lost))).isEqualTo("words DONE");
    }

    @Test
    void onlyMakesJustThatStepAgainAndSetsAsideWhatWasMadeOfItsOldResult() {
        stage.execute(run);

        RunResult result = stage.execute(run, only("counts"));

        assertThat(RunFixture.told(result))
                .isEqualTo("words DONE, counts DONE, clouds SKIPPED (not chosen (--only)), other DONE");
    }

    @Test
    void whatWasLeftOutOnPurposeStaysOutUntilItIsChosen() {
        stage.execute(run);
        stage.execute(run, only("counts"));

        assertThat(RunFixture.told(stage.execute(run)))
                .isEqualTo("words DONE, counts DONE, clouds SKIPPED (not chosen (--only)), other DONE");
        assertThat(RunFixture.told(stage.execute(run, rerun("clouds"))))
                .isEqualTo("words DONE, counts DONE, clouds DONE, other DONE");
    }

    @Test
    void onlyRefusesAStepWhoseInputNeverCame() {
        stage.platform.script("words", AttemptScript.FAIL);
        stage.execute(run);

        assertThatThrownBy(() -> stage.executor(run).execute(only("counts")))
                .isInstanceOf(SelectionException.class)
                .hasMessage("--only: counts needs the output of words, which never finished in 20261121-034512-ab3f. "
                        + "Choose words too.");
    }

    @Test
    void onlyWithNothingToTakeFromIsRefusedBeforeAnythingHappens() {
        assertThatThrownBy(() -> stage.executor(run).execute(only("counts")))
                .isInstanceOf(SelectionException.class)
                .hasMessage("--only: counts needs the output of words, and there is no earlier run to take it from. "
                        + "Choose words too.");
        assertThat(stage.journals.of(run.id())).isEmpty();
    }

    @Test
    void anUnknownStepIsRefusedWithTheNearestKnownOne() {
        assertThatThrownBy(() -> stage.executor(run).execute(only("wrods")))
                .isInstanceOf(SelectionException.class)
                .hasMessage("--only wrods: clouds has no step of that name. Known steps: words, counts, clouds, other. "
                        + "Did you mean 'words'?");
    }

    @Test
    void aStepThatNeverRunsCannotBeChosen() {
        Run without = plans().step("words").leftOut("words", "disabled").run();

        assertThatThrownBy(() -> stage.executor(without).execute(rerun("words")))
                .isInstanceOf(SelectionException.class)
                .hasMessage("--rerun words: that step does not run: disabled.");
    }

    @Test
    void anAdoptedAttemptIsStoppedWhenWhatItReadsIsMadeAnew() {
        stage.platform.script("counts", AttemptScript.HANG, AttemptScript.SUCCEED);
        int countsStarted = 6;
        stage.journals.dieAfter(countsStarted);
        Run two = plans().step("words").step("counts", "words").run();
        assertThatThrownBy(() -> stage.execute(two)).isInstanceOf(InMemoryJournals.Killed.class);
        stage.journals.liveOn();
        assertThat(stage.platform.running()).hasToString("[counts/1]");

        RunResult result = stage.execute(two, rerun("words"));

        assertThat(RunFixture.told(result)).isEqualTo("words DONE, counts DONE");
        assertThat(stage.platform.cancelled).hasToString("[counts/1]");
        assertThat(stage.submitted()).containsExactly("words/1", "counts/1", "words/2", "counts/2");
    }

    @Test
    void aJournalWhoseEventsDoNotFitTogetherIsRefused() {
        stage.journals.of(run.id()).add(new Event.RunContinued(FakeClock.START));

        assertThatThrownBy(() -> stage.executor(run).execute(Selection.NONE))
                .isInstanceOf(CorruptRunException.class)
                .hasMessage(
                        "memory:/runs/20261121-034512-ab3f/events.jsonl: the events do not fit together (it has not "
                                + "begun). Add the steps again, for this run cannot go on.");
    }

    static Selection only(String... steps) {
        return new Selection(Set.of(), names(steps), Set.of());
    }

    static Selection rerun(String... steps) {
        return new Selection(Set.of(), Set.of(), names(steps));
    }

    static Selection startingFrom(String... steps) {
        return new Selection(names(steps), Set.of(), Set.of());
    }

    private static Set<StepName> names(String... steps) {
        return Set.of(steps).stream().map(StepName::new).collect(Collectors.toSet());
    }
}
