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
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.OutputSummary;
import org.junit.jupiter.api.Test;

/** Executes the same run again. */
final class ContinueRunTest {
    private static final String WORDS = "memory:/output/clouds/20261121-034512-ab3f/words";

    private final RunFixture fixture = new RunFixture();
    private final Run run = plans().step("words")
            .step("counts", "words")
            .step("clouds", "counts")
            .step("other")
            .run();

    @Test
    void finishedRunIsOnlyReportedAgain() {
        RunResult first = fixture.execute(run);
        List<Event> journal = List.copyOf(fixture.journals.of(run.id()));

        assertThat(fixture.execute(run)).isEqualTo(first);
        assertThat(fixture.journals.of(run.id())).isEqualTo(journal);
    }

    @Test
    void failedSkippedAndCancelledStepsRunAgain() {
        fixture.platform
                .script("words", AttemptScript.FAIL, AttemptScript.SUCCEED)
                .script("other", AttemptScript.NEVER_START, AttemptScript.SUCCEED);
        assertThat(RunFixture.summary(fixture.execute(run)))
                .isEqualTo("words FAILED (exit code 1), counts SKIPPED (needs words, which failed), "
                        + "clouds SKIPPED (needs words, which failed), other CANCELLED (words failed)");

        RunResult second = fixture.execute(run);

        assertThat(RunFixture.summary(second)).isEqualTo("words DONE, counts DONE, clouds DONE, other DONE");
        assertThat(second.find(name("words")).orElseThrow().rerunReason()).isEqualTo("it failed before");
    }

    @Test
    void rerunStepHasAllItsRetriesAgain() {
        Run retried = plans().policy(OnFailure.CANCEL, 1, null).step("words").run();
        fixture.platform.script(
                "words", AttemptScript.FAIL, AttemptScript.FAIL, AttemptScript.FAIL, AttemptScript.SUCCEED);
        assertThat(RunFixture.summary(fixture.execute(retried))).isEqualTo("words FAILED (exit code 1)");

        assertThat(RunFixture.summary(fixture.execute(retried))).isEqualTo("words DONE");
        assertThat(fixture.submitted()).containsExactly("words/1", "words/2", "words/3", "words/4");
    }

    @Test
    void doneStepWithMissingOutputRunsAgainWithItsDependents() {
        fixture.platform.script("clouds", AttemptScript.FAIL, AttemptScript.SUCCEED);
        fixture.execute(run);
        fixture.platform.workspace.outputs.remove(WORDS);

        RunResult result = fixture.execute(run);

        assertThat(RunFixture.summary(result)).isEqualTo("words DONE, counts DONE, clouds DONE, other DONE");
        assertThat(result.steps())
                .extracting(RunResult.StepResult::rerunReason)
                .containsExactly("its output at " + WORDS + " is gone", "words runs again", "it failed before", "");
    }

    @Test
    void doneStepWithChangedOutputRunsAgain() {
        fixture.platform.script("clouds", AttemptScript.FAIL, AttemptScript.SUCCEED);
        fixture.execute(run);
        fixture.platform.workspace.outputs.put(WORDS, new OutputSummary(1, 11, "by hand"));

        assertThat(fixture.execute(run).find(name("words")).orElseThrow().rerunReason())
                .isEqualTo("its output at " + WORDS + " has changed");
    }

    @Test
    void foreignDataAtAUserUriIsNotOverwritten() {
        Run chosen = plans().step("words")
                .output("words", new Output(new Output.AtUri("/data/words"), "output", "", Overwrite.NONE))
                .step("counts", "words")
                .run();
        fixture.platform.script("counts", AttemptScript.FAIL);
        fixture.execute(chosen);
        fixture.platform.workspace.outputs.put("/data/words", new OutputSummary(1, 11, "by hand"));

        assertThat(RunFixture.summary(fixture.execute(chosen)))
                .isEqualTo("words FAILED (its output would overwrite existing data at /data/words (1 file: part-0)), "
                        + "counts SKIPPED (needs words, which failed)");
    }

    @Test
    void rerunRunsAStepAndItsDependentsAgain() {
        fixture.execute(run);

        RunResult result = fixture.execute(run, rerun("counts"));

        assertThat(RunFixture.summary(result)).isEqualTo("words DONE, counts DONE, clouds DONE, other DONE");
        assertThat(result.steps())
                .extracting(RunResult.StepResult::rerunReason)
                .containsExactly("", "selected by --rerun", "counts runs again", "");
        assertThat(fixture.submitted()).endsWith("counts/2", "clouds/2");
    }

    @Test
    void rerunKilledDuringInitializationStillRunsAllDependents() {
        fixture.execute(run);
        int events = fixture.journals.of(run.id()).size();
        int continuedAndThreeResets = 4;
        for (int written = 2; written <= continuedAndThreeResets; written++) {
            RunFixture killedFixture = new RunFixture();
            killedFixture.execute(run);
            killedFixture.journals.killAfter(events + written);
            assertThatThrownBy(() -> killedFixture.execute(run, rerun("words")))
                    .isInstanceOf(InMemoryJournals.Killed.class);
            killedFixture.journals.stopKilling();

            killedFixture.execute(run);

            assertThat(killedFixture.submitted())
                    .contains("words/2", "counts/2", "clouds/2")
                    .doesNotContain("other/2");
        }
    }

    @Test
    void lossesOfAPreviousExecutorDoNotCount() {
        Run lossyRun = plans().step("words").run();
        fixture.platform.script(
                "words",
                AttemptScript.LOSE,
                AttemptScript.LOSE,
                AttemptScript.LOSE,
                AttemptScript.LOSE,
                AttemptScript.SUCCEED);
        int twoAttemptsLost = 7;
        fixture.journals.killAfter(twoAttemptsLost);
        assertThatThrownBy(() -> fixture.execute(lossyRun)).isInstanceOf(InMemoryJournals.Killed.class);
        fixture.journals.stopKilling();

        assertThat(RunFixture.summary(fixture.execute(lossyRun))).isEqualTo("words DONE");
    }

    @Test
    void onlyRunsJustThatStepAndSkipsResultsBuiltOnTheOldOne() {
        fixture.execute(run);

        RunResult result = fixture.execute(run, only("counts"));

        assertThat(RunFixture.summary(result))
                .isEqualTo("words DONE, counts DONE, clouds SKIPPED (not selected (--only)), other DONE");
    }

    @Test
    void stepSkippedOnPurposeStaysSkippedUntilSelected() {
        fixture.execute(run);
        fixture.execute(run, only("counts"));

        assertThat(RunFixture.summary(fixture.execute(run)))
                .isEqualTo("words DONE, counts DONE, clouds SKIPPED (not selected (--only)), other DONE");
        assertThat(RunFixture.summary(fixture.execute(run, rerun("clouds"))))
                .isEqualTo("words DONE, counts DONE, clouds DONE, other DONE");
    }

    @Test
    void onlyRejectsAStepWithoutInput() {
        fixture.platform.script("words", AttemptScript.FAIL);
        fixture.execute(run);

        assertThatThrownBy(() -> fixture.executor(run).execute(only("counts")))
                .isInstanceOf(SelectionException.class)
                .hasMessage("--only: counts needs the output of words, which never finished in 20261121-034512-ab3f. "
                        + "Select words too.");
    }

    @Test
    void onlyWithoutAPreviousRunIsRejectedBeforeAnythingHappens() {
        assertThatThrownBy(() -> fixture.executor(run).execute(only("counts")))
                .isInstanceOf(SelectionException.class)
                .hasMessage("--only: counts needs the output of words, and there is no previous run to take it from. "
                        + "Select words too.");
        assertThat(fixture.journals.of(run.id())).isEmpty();
    }

    @Test
    void unknownStepIsRejectedWithASuggestion() {
        assertThatThrownBy(() -> fixture.executor(run).execute(only("wrods")))
                .isInstanceOf(SelectionException.class)
                .hasMessage(
                        "--only wrods: pipeline clouds has no such step. Known steps: words, counts, clouds, other. "
                                + "Did you mean 'words'?");
    }

    @Test
    void stepThatNeverRunsCannotBeSelected() {
        Run disabledRun = plans().step("words").leftOut("words", "disabled").run();

        assertThatThrownBy(() -> fixture.executor(disabledRun).execute(rerun("words")))
                .isInstanceOf(SelectionException.class)
                .hasMessage("--rerun words: the step does not run: disabled.");
    }

    @Test
    void reattachedAttemptIsStoppedWhenItsInputIsProducedAgain() {
        fixture.platform.script("counts", AttemptScript.HANG, AttemptScript.SUCCEED);
        int countsStarted = 7;
        fixture.journals.killAfter(countsStarted);
        Run two = plans().step("words").step("counts", "words").run();
        assertThatThrownBy(() -> fixture.execute(two)).isInstanceOf(InMemoryJournals.Killed.class);
        fixture.journals.stopKilling();
        assertThat(fixture.platform.running()).hasToString("[counts/1]");

        RunResult result = fixture.execute(two, rerun("words"));

        assertThat(RunFixture.summary(result)).isEqualTo("words DONE, counts DONE");
        assertThat(fixture.platform.cancelled).hasToString("[counts/1]");
        assertThat(fixture.submitted()).containsExactly("words/1", "counts/1", "words/2", "counts/2");
    }

    @Test
    void journalWithInconsistentEventsIsRejected() {
        fixture.journals.of(run.id()).add(new Event.RunContinued(FakeClock.START));

        assertThatThrownBy(() -> fixture.executor(run).execute(Selection.NONE))
                .isInstanceOf(CorruptRunException.class)
                .hasMessage("memory:/runs/20261121-034512-ab3f/events.jsonl: inconsistent events (the run has not "
                        + "begun). This run cannot continue; add the steps again.");
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
