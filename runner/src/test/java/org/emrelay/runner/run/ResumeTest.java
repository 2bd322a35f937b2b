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

/** Resumes: a new run reuses the results of a previous one. */
final class ResumeTest {
    private final RunFixture fixture = new RunFixture();
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

    private Run resuming(String id, Plans plans, Run previous) {
        Run run = plans.run(id, new Reuse.OfRun(previous.id()));
        add(run);
        fixture.platform.submitted.clear();
        return run;
    }

    private void add(Run run) {
        try {
            new RunStore(fixture.platform.workspace).add(run);
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }

    @BeforeEach
    void addTheFirstRun() {
        add(first);
    }

    private static List<String> reasons(RunResult result) {
        return result.steps().stream().map(StepResult::rerunReason).toList();
    }

    @Test
    void nothingRunsIfNothingHasChanged() {
        fixture.execute(first);
        Run second = second(chain("300"));

        RunResult result = fixture.execute(second);

        assertThat(RunFixture.summary(result)).isEqualTo("words REUSED, counts REUSED, clouds REUSED");
        assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
        StepResult words = result.find(name("words")).orElseThrow();
        assertThat(words.output()).isEqualTo("memory:/output/clouds/20261121-000000-0001/words");
        assertThat(words.reusedFrom()).isEqualTo(first.id());
        assertThat(words.rows()).isEqualTo(101);
        assertThat(fixture.submitted()).isEmpty();
    }

    @Test
    void changedStepRunsAgainWithItsDependentsAndShowsWhy() {
        fixture.execute(first);
        Run second = second(chain("500"));

        RunResult result = fixture.execute(second);

        assertThat(RunFixture.summary(result)).isEqualTo("words REUSED, counts DONE, clouds DONE");
        assertThat(reasons(result)).containsExactly("", "args.max-words changed: 300 → 500", "counts runs again");
        assertThat(fixture.platform.commands.get(new AttemptId(name("counts"), 1)))
                .containsExactly(
                        "memory:/output/clouds/20261121-000000-0001/words",
                        "memory:/output/clouds/20261121-000000-0002/counts");
    }

    @Test
    void reusedOutputKeepsItsUriHoweverOftenItIsReused() {
        fixture.execute(first);
        Run second = second(chain("300"));
        fixture.execute(second);
        Run third = resuming("20261121-000000-0003", chain("300"), second);

        StepResult words = fixture.execute(third).find(name("words")).orElseThrow();

        assertThat(words.output()).isEqualTo("memory:/output/clouds/20261121-000000-0001/words");
        assertThat(words.phase()).isEqualTo(StepPhase.REUSED);
    }

    @Test
    void unfinishedAndNewStepsRun() {
        fixture.platform.script("counts", AttemptScript.FAIL);
        fixture.execute(first);
        fixture.platform.script("counts", AttemptScript.SUCCEED);
        Run second = second(chain("300").step("table"));

        RunResult result = fixture.execute(second);

        assertThat(RunFixture.summary(result)).isEqualTo("words REUSED, counts DONE, clouds DONE, table DONE");
        assertThat(reasons(result))
                .containsExactly(
                        "",
                        "never finished in 20261121-000000-0001",
                        "never finished in 20261121-000000-0001",
                        "not a step of 20261121-000000-0001");
    }

    @Test
    void missingOutputIsProducedAgain() {
        fixture.execute(first);
        fixture.platform.workspace.outputs.remove("memory:/output/clouds/20261121-000000-0001/counts");
        Run second = second(chain("300"));

        assertThat(reasons(fixture.execute(second)))
                .containsExactly(
                        "",
                        "its output at memory:/output/clouds/20261121-000000-0001/counts is gone",
                        "counts runs again");
    }

    @Test
    void rerunRunsAStepThoughNothingHasChanged() {
        fixture.execute(first);
        Run second = second(chain("300"));

        RunResult result = fixture.execute(second, rerun("counts"));

        assertThat(RunFixture.summary(result)).isEqualTo("words REUSED, counts DONE, clouds DONE");
    }

    @Test
    void fromReusesUpstreamResultsUnchecked() {
        fixture.execute(first);
        Run second = second(chain("500").argument("words", "9"));

        RunResult result = fixture.execute(second, startingFrom("counts"));

        assertThat(RunFixture.summary(result))
                .isEqualTo("words REUSED (args.max-words changed: 300 → 9), counts DONE, clouds DONE");
    }

    @Test
    void onlySkipsDependents() {
        fixture.execute(first);
        Run second = second(chain("500"));

        assertThat(RunFixture.summary(fixture.execute(second, only("counts"))))
                .isEqualTo("words REUSED, counts DONE, clouds SKIPPED (not selected (--only))");
    }

    @Test
    void resultBuiltOnAStaleResultIsNotReusedLater() {
        fixture.execute(first);
        Run second = second(chain("300").argument("words", "9"));
        fixture.execute(second, startingFrom("counts"));
        Run third = resuming("20261121-000000-0003", chain("300").argument("words", "9"), second);

        RunResult result = fixture.execute(third);

        assertThat(RunFixture.summary(result)).isEqualTo("words DONE, counts DONE, clouds DONE");
        assertThat(reasons(result))
                .containsExactly(
                        "it was reused from 20261121-000000-0001 although args.max-words changed: 300 → 9",
                        "words runs again",
                        "counts runs again");
    }

    @Test
    void fromRejectsAStepWithoutInput() {
        fixture.platform.script("words", AttemptScript.FAIL);
        fixture.execute(first);
        Run second = second(chain("300"));

        assertThatThrownBy(() -> fixture.executor(second).execute(startingFrom("counts")))
                .isInstanceOf(SelectionException.class)
                .hasMessage("--from: counts needs the output of words, which never finished in 20261121-000000-0001. "
                        + "Select words too.");
    }

    @Test
    void crashDuringInitializationDoesNoHarm() {
        fixture.execute(first);
        int eventsOfInitialization = 4;
        for (int killedAfter = 0; killedAfter < eventsOfInitialization; killedAfter++) {
            Run second = resuming("20261121-000001-000" + killedAfter, chain("500"), first);
            fixture.journals.killAfter(killedAfter);
            assertThatThrownBy(() -> fixture.execute(second)).isInstanceOf(InMemoryJournals.Killed.class);
            fixture.journals.stopKilling();

            assertThat(RunFixture.summary(fixture.execute(second))).isEqualTo("words REUSED, counts DONE, clouds DONE");
        }
    }
}
