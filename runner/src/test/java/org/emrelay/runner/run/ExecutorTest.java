package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.run.RunResult.StepResult;
import org.junit.jupiter.api.Test;

final class ExecutorTest {
    private final RunFixture stage = new RunFixture();

    @Test
    void aChainRunsStepByStepAndEndsWell() {
        Run run = plans().step("words")
                .step("counts", "words")
                .step("clouds", "counts")
                .run();

        RunResult result = stage.execute(run);

        assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
        assertThat(RunFixture.told(result)).isEqualTo("words DONE, counts DONE, clouds DONE");
        assertThat(stage.submitted()).containsExactly("words/1", "counts/1", "clouds/1");
        assertThat(stage.platform.commands.get(new AttemptId(name("counts"), 1)))
                .containsExactly(
                        "memory:/output/clouds/20261121-034512-ab3f/words",
                        "memory:/output/clouds/20261121-034512-ab3f/counts");
        assertThat(stage.platform.workspace.files.get("output/clouds/latest"))
                .isEqualTo("20261121-034512-ab3f\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theNextStepIsAnnouncedWhileTheOneBeforeItRuns() {
        Run run = plans().step("words").step("counts", "words").run();

        stage.execute(run);

        assertThat(stage.platform.expected).isEqualTo(List.of(new AttemptId(name("counts"), 1)));
    }

    @Test
    void stepsThatDoNotNeedEachOtherAreHandedOverTogether() {
        Run run = plans().step("words")
                .step("titles")
                .step("clouds", "words", "titles")
                .run();
        stage.platform.capacity(1);

        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words DONE, titles DONE, clouds DONE");
        assertThat(stage.submitted()).containsExactly("words/1", "titles/1", "clouds/1");
    }

    @Test
    void theResultTellsWhatEachStepWrote() {
        Run run = plans().step("words").run();

        StepResult words = stage.execute(run).find(name("words")).orElseThrow();

        assertThat(words.rows()).isEqualTo(101);
        assertThat(words.summary()).isEqualTo(new OutputSummary(1, 10, "by words/1"));
        assertThat(words.output()).isEqualTo("memory:/output/clouds/20261121-034512-ab3f/words");
        assertThat(words.log()).isEqualTo("memory:/logs/20261121-034512-ab3f/words/1");
        assertThat(words.elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(words.attempts()).isEqualTo(1);
    }

    @Test
    void aFailedStepTellsItsCause() {
        Run run = plans().step("words").run();
        stage.platform.script("words", AttemptScript.FAIL);

        StepResult words = stage.execute(run).find(name("words")).orElseThrow();

        assertThat(words.reason()).isEqualTo("exit code 1");
        assertThat(words.failure())
                .isEqualTo(new Failure(
                        "exit code 1",
                        "Boom in words/1",
                        "lines 1–2 of the log",
                        "Mend it.",
                        "memory:/logs/20261121-034512-ab3f/words/1"));
    }

    @Test
    void aFailedStepIsTriedAgainAsOftenAsItsPolicySays() {
        Run run = plans().policy(OnFailure.CANCEL, 2, null).step("words").run();
        stage.platform.script("words", AttemptScript.FAIL, AttemptScript.FAIL, AttemptScript.SUCCEED);

        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words DONE");
        assertThat(stage.submitted()).containsExactly("words/1", "words/2", "words/3");
    }

    @Test
    void aStepThatRunsForTooLongIsStopped() {
        Run run = plans().policy(OnFailure.CANCEL, 0, Duration.ofMinutes(30))
                .step("words")
                .run();
        stage.platform.script("words", AttemptScript.HANG);

        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words FAILED (timed out after 30m)");
        assertThat(stage.platform.cancelled).hasToString("[words/1]");
    }

    @Test
    void aStepThatEndsWellWhileItIsStoppedIsDone() {
        Run run = plans().policy(OnFailure.CANCEL, 0, Duration.ofMinutes(30))
                .step("words")
                .run();
        stage.platform.script("words", AttemptScript.SUCCEED_WHEN_STOPPED);

        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void anAttemptThatVanishedIsNoFailureOfTheStep() {
        Run run = plans().step("words").run();
        stage.platform.script("words", AttemptScript.LOSE, AttemptScript.LOSE, AttemptScript.SUCCEED);

        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void aStepWhoseAttemptsVanishAgainAndAgainFails() {
        Run run = plans().step("words").run();
        stage.platform.script("words", AttemptScript.LOSE);

        assertThat(RunFixture.told(stage.execute(run)))
                .isEqualTo("words FAILED (was lost 3 times in a row: its node went away)");
    }

    @Test
    void aStepThatSomebodyCancelsElsewhereFailsAndIsNotTriedAgain() {
        Run run = plans().policy(OnFailure.CANCEL, 3, null).step("words").run();
        stage.platform.script("words", AttemptScript.BE_CANCELLED);

        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words FAILED (was cancelled from outside)");
        assertThat(stage.submitted()).containsExactly("words/1");
    }

    @Test
    void afterAFailureNothingFurtherStartsAndWhatRunsMayEnd() {
        Run run = plans().step("words")
                .step("long")
                .step("counts", "words")
                .step("later", "long")
                .run();
        stage.platform.script("words", AttemptScript.FAIL);

        RunResult result = stage.execute(run);

        assertThat(RunFixture.told(result))
                .isEqualTo("words FAILED (exit code 1), long DONE, counts SKIPPED (needs words, which failed), "
                        + "later CANCELLED (words failed)");
        assertThat(result.terminateCluster()).isFalse();
    }

    @Test
    void afterAFailureWhatHasNotGotItsTurnIsTakenBack() {
        Run run = plans().step("words").step("long").run();
        stage.platform.script("words", AttemptScript.FAIL).script("long", AttemptScript.NEVER_START);

        assertThat(RunFixture.told(stage.execute(run)))
                .isEqualTo("words FAILED (exit code 1), long CANCELLED (words failed)");
        assertThat(stage.platform.cancelled).hasToString("[long/1]");
    }

    @Test
    void aStepThatMayFailHoldsUpOnlyWhatNeedsIt() {
        Run run = plans().policy(OnFailure.CONTINUE, 0, null)
                .step("words")
                .step("other")
                .step("counts", "words")
                .step("clouds", "counts")
                .run();
        stage.platform.script("words", AttemptScript.FAIL);

        RunResult result = stage.execute(run);

        assertThat(result.status()).isEqualTo(RunResult.Status.FAILED);
        assertThat(RunFixture.told(result))
                .isEqualTo("words FAILED (exit code 1), other DONE, counts SKIPPED (needs words, which failed), "
                        + "clouds SKIPPED (needs words, which failed)");
        assertThat(result.find(name("counts")).orElseThrow().output()).isNull();
    }

    @Test
    void aStepCanEndTheClusterAndAllThatRunsOnIt() {
        Run run = plans().policy(OnFailure.TERMINATE_CLUSTER, 0, null)
                .step("words")
                .step("long")
                .run();
        stage.platform.script("words", AttemptScript.FAIL).script("long", AttemptScript.HANG);

        RunResult result = stage.execute(run);

        assertThat(RunFixture.told(result)).isEqualTo("words FAILED (exit code 1), long CANCELLED (words failed)");
        assertThat(result.terminateCluster()).isTrue();
        assertThat(stage.platform.running()).isEmpty();
    }

    @Test
    void aStepThatIsLeftOutHoldsUpWhoReadsItButNotWhoOnlyFollows() {
        Run run = plans().step("generate")
                .leftOut("generate", "not needed: titles is given")
                .step("words", "generate")
                .step("notify")
                .after("notify", "generate")
                .run();

        RunResult result = stage.execute(run);

        assertThat(RunFixture.told(result))
                .isEqualTo("generate SKIPPED (not needed: titles is given), words SKIPPED (needs generate, which is "
                        + "left out: not needed: titles is given), notify DONE");
        assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
    }
}
