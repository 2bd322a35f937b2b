package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.run.RunResult.StepResult;
import org.junit.jupiter.api.Test;

final class ExecutorTest {
    private final RunFixture fixture = new RunFixture();

    @Test
    void cancelsItsStepsAtTheSpendingLimit() throws IOException, SelectionException {
        Run run = plans().step("words").step("counts", "words").run();
        fixture.platform.script("words", AttemptScript.HANG);
        fixture.platform.costs("4.99");
        fixture.platform.onWait(() -> fixture.platform.costs("5.00"));
        Executor executor = new Executor(
                run,
                fixture.platform,
                fixture.journals,
                fixture.clock,
                RunListener.NONE,
                new ExecutionPolicy(InterruptPolicy.DETACH, new BigDecimal("5")),
                new NoticeQueue(text -> {}, run.plan()),
                Runnable::run);

        RunResult result = executor.execute(Selection.NONE);

        assertThat(result.status()).isEqualTo(RunResult.Status.OVER_LIMIT);
        assertThat(result.status().exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(RunFixture.summary(result))
                .isEqualTo("words CANCELLED (the run reached its spending limit), counts CANCELLED (the run reached"
                        + " its spending limit)");
        assertThat(fixture.platform.cancelled).hasToString("[words/1]");
        assertThat(result.notices())
                .extracting(Event.NoticeGiven::text)
                .containsExactly("The cluster has cost $5.00, and the limit is $5: the steps are cancelled.");
    }

    @Test
    void journalsCostsNoticesAndInstancesForReports() throws IOException, SelectionException {
        Run run = plans().step("words")
                .step("counts", "words")
                .argument("counts", new Argument.Secret("hush"))
                .run();
        RunFixture fixture = new RunFixture();
        List<String> shown = new ArrayList<>();
        NoticeQueue notices = new NoticeQueue(shown::add, run.plan());
        fixture.platform.costs("0.10");
        fixture.platform.onStart(request -> {
            if (request.attempt().step().value().equals("counts")) {
                fixture.platform.costs("0.25");
                notices.notice("Step counts is hushed.");
                fixture.platform.instanceChanges.add(
                        new InstanceChange("i-1", "m5.xlarge", true, "TERMINATED", "spot interruption"));
            }
        });

        RunResult result = fixture.execute(run, notices);

        assertThat(RunResult.read(run, fixture.journals, fixture.platform.workspace()))
                .isEqualTo(result);
        assertThat(result.steps())
                .extracting(
                        step -> step.lastAttempt().orElseThrow().cost().max().toPlainString())
                .containsExactly("0.10", "0.25");
        assertThat(result.cost())
                .isEqualTo(result.steps().get(1).lastAttempt().orElseThrow().cost());
        assertThat(result.notices()).extracting(Event.NoticeGiven::text).containsExactly("Step counts is ****ed.");
        assertThat(shown).containsExactly("Step counts is ****ed.");
        assertThat(result.instanceChanges())
                .extracting(change -> change.instance().reason())
                .containsExactly("spot interruption");
    }

    @Test
    void keepsTheHistoryOfAllAttempts() {
        Run run = plans().policy(OnFailure.CANCEL, 1, null).step("words").run();
        RunFixture fixture = new RunFixture();
        fixture.platform.script("words", AttemptScript.FAIL, AttemptScript.SUCCEED);

        List<Attempt> history = fixture.execute(run).steps().get(0).history();

        assertThat(history)
                .extracting(
                        Attempt::id,
                        Attempt::state,
                        attempt -> attempt.failure() == null
                                ? ""
                                : attempt.failure().cause(),
                        Attempt::log)
                .containsExactly(
                        tuple(
                                new AttemptId(name("words"), 1),
                                Attempt.State.FAILED,
                                "Boom in words/1",
                                "memory:/logs/20261121-034512-ab3f/words/1"),
                        tuple(
                                new AttemptId(name("words"), 2),
                                Attempt.State.SUCCEEDED,
                                "",
                                "memory:/logs/20261121-034512-ab3f/words/2"));
        assertThat(history).allMatch(attempt -> attempt.started() != null && attempt.ended() != null);
    }

    @Test
    void chainRunsStepByStep() {
        Run run = plans().step("words")
                .step("counts", "words")
                .step("clouds", "counts")
                .run();

        RunResult result = fixture.execute(run);

        assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
        assertThat(RunFixture.summary(result)).isEqualTo("words DONE, counts DONE, clouds DONE");
        assertThat(fixture.submitted()).containsExactly("words/1", "counts/1", "clouds/1");
        assertThat(fixture.platform.commands.get(new AttemptId(name("counts"), 1)))
                .containsExactly(
                        "memory:/output/clouds/20261121-034512-ab3f/words",
                        "memory:/output/clouds/20261121-034512-ab3f/counts");
        assertThat(fixture.platform.workspace.files.get("output/clouds/latest"))
                .isEqualTo("20261121-034512-ab3f\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nextStepIsPrewarmedWhileThePreviousOneRuns() {
        Run run = plans().step("words").step("counts", "words").run();

        fixture.execute(run);

        assertThat(fixture.platform.prewarmed).isEqualTo(List.of(new AttemptId(name("counts"), 1)));
    }

    @Test
    void independentStepsAreSubmittedTogether() {
        Run run = plans().step("words")
                .step("titles")
                .step("clouds", "words", "titles")
                .run();
        fixture.platform.capacity(1);

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE, titles DONE, clouds DONE");
        assertThat(fixture.submitted()).containsExactly("words/1", "titles/1", "clouds/1");
    }

    @Test
    void resultShowsWhatEachStepWrote() {
        Run run = plans().step("words").run();

        StepResult words = fixture.execute(run).find(name("words")).orElseThrow();

        assertThat(words.rows()).isEqualTo(101);
        assertThat(words.summary()).isEqualTo(new OutputSummary(1, 10, "by words/1"));
        assertThat(words.output()).isEqualTo("memory:/output/clouds/20261121-034512-ab3f/words");
        assertThat(words.log()).isEqualTo("memory:/logs/20261121-034512-ab3f/words/1");
        assertThat(words.elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(words.attempts()).isEqualTo(1);
    }

    @Test
    void failedStepShowsItsCause() {
        Run run = plans().step("words").run();
        fixture.platform.script("words", AttemptScript.FAIL);

        StepResult words = fixture.execute(run).find(name("words")).orElseThrow();

        assertThat(words.reason()).isEqualTo("exit code 1");
        assertThat(words.failure())
                .isEqualTo(new Failure(
                        "exit code 1",
                        "Boom in words/1",
                        "lines 1–2 of the log",
                        "Fix it.",
                        "memory:/logs/20261121-034512-ab3f/words/1"));
    }

    @Test
    void failedStepIsRetriedAsOftenAsItsPolicyAllows() {
        Run run = plans().policy(OnFailure.CANCEL, 2, null).step("words").run();
        fixture.platform.script("words", AttemptScript.FAIL, AttemptScript.FAIL, AttemptScript.SUCCEED);

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE");
        assertThat(fixture.submitted()).containsExactly("words/1", "words/2", "words/3");
    }

    @Test
    void stepThatExceedsItsTimeoutIsStopped() {
        Run run = plans().policy(OnFailure.CANCEL, 0, Duration.ofMinutes(30))
                .step("words")
                .run();
        fixture.platform.script("words", AttemptScript.HANG);

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words FAILED (timed out after 30m)");
        assertThat(fixture.platform.cancelled).hasToString("[words/1]");
    }

    /** The platform knows what a timeout counts: the clock of this machine may be set, and the machine may sleep. */
    @Test
    void timeoutCountsTheRunningTimeOfThePlatform() {
        Run run = plans().policy(OnFailure.CANCEL, 0, Duration.ofMinutes(30))
                .step("words")
                .step("counts")
                .run();
        fixture.platform.onStart(request -> {
            fixture.clock.advance(Duration.ofHours(8));
            fixture.platform.asleep = Duration.ofHours(8);
        });

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE, counts DONE");
    }

    @Test
    void stepThatSucceedsWhileBeingStoppedIsDone() {
        Run run = plans().policy(OnFailure.CANCEL, 0, Duration.ofMinutes(30))
                .step("words")
                .run();
        fixture.platform.script("words", AttemptScript.SUCCEED_WHEN_STOPPED);

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void lostAttemptIsNotAFailure() {
        Run run = plans().step("words").run();
        fixture.platform.script("words", AttemptScript.LOSE, AttemptScript.LOSE, AttemptScript.SUCCEED);

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void stepFailsAfterRepeatedLosses() {
        Run run = plans().step("words").run();
        fixture.platform.script("words", AttemptScript.LOSE);

        assertThat(RunFixture.summary(fixture.execute(run)))
                .isEqualTo("words FAILED (lost 3 times in a row: its node was terminated)");
    }

    @Test
    void stepCancelledOutsideTheRunnerFailsWithoutRetry() {
        Run run = plans().policy(OnFailure.CANCEL, 3, null).step("words").run();
        fixture.platform.script("words", AttemptScript.CANCEL_EXTERNALLY);

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words FAILED (cancelled outside the runner)");
        assertThat(fixture.submitted()).containsExactly("words/1");
    }

    @Test
    void afterAFailureNothingStartsAndRunningStepsMayEnd() {
        Run run = plans().step("words")
                .step("long")
                .step("counts", "words")
                .step("later", "long")
                .run();
        fixture.platform.script("words", AttemptScript.FAIL);

        RunResult result = fixture.execute(run);

        assertThat(RunFixture.summary(result))
                .isEqualTo("words FAILED (exit code 1), long DONE, counts SKIPPED (needs words, which failed), "
                        + "later CANCELLED (words failed)");
        assertThat(result.terminateCluster()).isFalse();
    }

    @Test
    void afterAFailureSubmittedStepsAreCancelled() {
        Run run = plans().step("words").step("long").run();
        fixture.platform.script("words", AttemptScript.FAIL).script("long", AttemptScript.NEVER_START);

        assertThat(RunFixture.summary(fixture.execute(run)))
                .isEqualTo("words FAILED (exit code 1), long CANCELLED (words failed)");
        assertThat(fixture.platform.cancelled).hasToString("[long/1]");
    }

    @Test
    void failureWithContinueBlocksOnlyDependents() {
        Run run = plans().policy(OnFailure.CONTINUE, 0, null)
                .step("words")
                .step("other")
                .step("counts", "words")
                .step("clouds", "counts")
                .run();
        fixture.platform.script("words", AttemptScript.FAIL);

        RunResult result = fixture.execute(run);

        assertThat(result.status()).isEqualTo(RunResult.Status.FAILED);
        assertThat(RunFixture.summary(result))
                .isEqualTo("words FAILED (exit code 1), other DONE, counts SKIPPED (needs words, which failed), "
                        + "clouds SKIPPED (needs words, which failed)");
        assertThat(result.find(name("counts")).orElseThrow().output()).isNull();
    }

    @Test
    void failureCanTerminateTheClusterAndAllRunningSteps() {
        Run run = plans().policy(OnFailure.TERMINATE_CLUSTER, 0, null)
                .step("words")
                .step("long")
                .run();
        fixture.platform.script("words", AttemptScript.FAIL).script("long", AttemptScript.HANG);

        RunResult result = fixture.execute(run);

        assertThat(RunFixture.summary(result)).isEqualTo("words FAILED (exit code 1), long CANCELLED (words failed)");
        assertThat(result.terminateCluster()).isTrue();
        assertThat(fixture.platform.running()).isEmpty();
    }

    @Test
    void skippedStepBlocksItsReadersButNotStepsThatOnlyRunAfterIt() {
        Run run = plans().step("generate")
                .leftOut("generate", "not needed: parameter 'titles' is set")
                .step("words", "generate")
                .step("notify")
                .after("notify", "generate")
                .run();

        RunResult result = fixture.execute(run);

        assertThat(RunFixture.summary(result))
                .isEqualTo("generate SKIPPED (not needed: parameter 'titles' is set), words SKIPPED (needs generate,"
                        + " which is skipped: not needed: parameter 'titles' is set), notify DONE");
        assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
    }
}
