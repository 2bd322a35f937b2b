package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.run.ContinueRunTest.only;
import static org.emrelay.runner.run.ContinueRunTest.rerun;
import static org.emrelay.runner.run.ContinueRunTest.startingFrom;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.run.RunResult.StepResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new run that uses the results of an earlier one. */
final class ResumeTest {
    private final RunFixture stage = new RunFixture();
    private final Run first = chain("300").run("20261121-000000-0001", null);

    private static Plans chain(String maxWords) {
        return plans().step("words")
                .step("counts", "words")
                .argument("counts", maxWords)
                .step("clouds", "counts");
    }

    private Run second(Plans plans) {
        return resuming("20261121-000000-0002", plans, first);
    }

    private Run resuming(String id, Plans plans, Run earlier) {
        Run run = plans.run(id, earlier.id());
        add(run);
        stage.platform.submitted.clear();
        return run;
    }

    private void add(Run run) {
        try {
            new RunStore(stage.platform.workspace).add(run);
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }

    @BeforeEach
    void addTheFirstRun() {
        add(first);
    }

    private static List<String> reasons(RunResult result) {
        return result.steps().stream().map(StepResult::runsAgain).toList();
    }

    @Test
    void nothingRunsWhenNothingHasChanged() {
        stage.execute(first);
        Run second = second(chain("300"));

        RunResult result = stage.execute(second);

        assertThat(RunFixture.told(result)).isEqualTo("words REUSED, counts REUSED, clouds REUSED");
        assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
        StepResult words = result.find(name("words")).orElseThrow();
        assertThat(words.output()).isEqualTo("memory:/output/clouds/20261121-000000-0001/words");
        assertThat(words.reusedFrom()).isEqualTo(first.id());
        assertThat(words.rows()).isEqualTo(101);
        assertThat(stage.submitted()).isEmpty();
    }

    @Test
    void whatHasChangedRunsAgainWithAllBelowItAndSaysWhy() {
        stage.execute(first);
        Run second = second(chain("500"));

        RunResult result = stage.execute(second);

        assertThat(RunFixture.told(result)).isEqualTo("words REUSED, counts DONE, clouds DONE");
        assertThat(reasons(result)).containsExactly("", "args.max-words changed: 300 → 500", "counts runs again");
        assertThat(stage.platform.commands.get(new AttemptId(name("counts"), 1)))
                .containsExactly(
                        "memory:/output/clouds/20261121-000000-0001/words",
                        "memory:/output/clouds/20261121-000000-0002/counts");
    }

    @Test
    void whatWasReusedKeepsItsPlaceHoweverOftenItIs() {
        stage.execute(first);
        Run second = second(chain("300"));
        stage.execute(second);
        Run third = resuming("20261121-000000-0003", chain("300"), second);

        StepResult words = stage.execute(third).find(name("words")).orElseThrow();

        assertThat(words.output()).isEqualTo("memory:/output/clouds/20261121-000000-0001/words");
        assertThat(words.phase()).isEqualTo(StepPhase.REUSED);
    }

    @Test
    void whatNeverFinishedOrIsNewRuns() {
        stage.platform.script("counts", AttemptScript.FAIL);
        stage.execute(first);
        stage.platform.script("counts", AttemptScript.SUCCEED);
        Run second = second(chain("300").step("table"));

        RunResult result = stage.execute(second);

        assertThat(RunFixture.told(result)).isEqualTo("words REUSED, counts DONE, clouds DONE, table DONE");
        assertThat(reasons(result))
                .containsExactly(
                        "",
                        "never finished in 20261121-000000-0001",
                        "never finished in 20261121-000000-0001",
                        "not a step of 20261121-000000-0001");
    }

    @Test
    void anOutputThatIsGoneIsMadeAgain() {
        stage.execute(first);
        stage.platform.workspace.outputs.remove("memory:/output/clouds/20261121-000000-0001/counts");
        Run second = second(chain("300"));

        assertThat(reasons(stage.execute(second)))
                .containsExactly(
                        "",
                        "its output at memory:/output/clouds/20261121-000000-0001/counts is gone",
                        "counts runs again");
    }

    @Test
    void rerunMakesAStepAgainThoughNothingHasChanged() {
        stage.execute(first);
        Run second = second(chain("300"));

        RunResult result = stage.execute(second, rerun("counts"));

        assertThat(RunFixture.told(result)).isEqualTo("words REUSED, counts DONE, clouds DONE");
    }

    @Test
    void fromTakesWhatIsAboveAsItIs() {
        stage.execute(first);
        Run second = second(chain("500").argument("words", "9"));

        RunResult result = stage.execute(second, startingFrom("counts"));

        assertThat(RunFixture.told(result))
                .isEqualTo("words REUSED (args.max-words changed: 300 → 9), counts DONE, clouds DONE");
    }

    @Test
    void onlyLeavesOutWhatIsBelow() {
        stage.execute(first);
        Run second = second(chain("500"));

        assertThat(RunFixture.told(stage.execute(second, only("counts"))))
                .isEqualTo("words REUSED, counts DONE, clouds SKIPPED (not chosen (--only))");
    }

    @Test
    void whatWasMadeOfAResultTakenAsItWasIsNotTrustedLater() {
        stage.execute(first);
        Run second = second(chain("300").argument("words", "9"));
        stage.execute(second, startingFrom("counts"));
        Run third = resuming("20261121-000000-0003", chain("300").argument("words", "9"), second);

        RunResult result = stage.execute(third);

        assertThat(RunFixture.told(result)).isEqualTo("words DONE, counts DONE, clouds DONE");
        assertThat(reasons(result))
                .containsExactly(
                        "it was taken from 20261121-000000-0001 although args.max-words changed: 300 → 9",
                        "words runs again",
                        "counts runs again");
    }

    @Test
    void fromRefusesWhatItsInputsNeverBecame() {
        stage.platform.script("words", AttemptScript.FAIL);
        stage.execute(first);
        Run second = second(chain("300"));

        assertThatThrownBy(() -> stage.executor(second).execute(startingFrom("counts")))
                .isInstanceOf(SelectionException.class)
                .hasMessage("--from: counts needs the output of words, which never finished in 20261121-000000-0001. "
                        + "Choose words too.");
    }

    @Test
    void aCrashWhileItIsSettledWhatRunsDoesNoHarm() {
        stage.execute(first);
        int eventsOfAnUndisturbedOpening = 4;
        for (int killedAfter = 0; killedAfter < eventsOfAnUndisturbedOpening; killedAfter++) {
            Run second = resuming("20261121-000001-000" + killedAfter, chain("500"), first);
            stage.journals.dieAfter(killedAfter);
            assertThatThrownBy(() -> stage.execute(second)).isInstanceOf(InMemoryJournals.Killed.class);
            stage.journals.liveOn();

            assertThat(RunFixture.told(stage.execute(second))).isEqualTo("words REUSED, counts DONE, clouds DONE");
        }
    }
}
