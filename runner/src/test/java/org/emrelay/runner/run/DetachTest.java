package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.SubmissionMode;
import org.emrelay.runner.run.RunResult.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that its user turns away from, on a platform that goes on without us. */
final class DetachTest {
    private static final int MORE_THAN_ALL_EVENTS = 40;
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final SubmissionMode IN_ORDER = new SubmissionMode(true, 200, Duration.ofSeconds(5));

    private RunFixture stage = new RunFixture();

    private static Run chain() {
        return plans().step("words")
                .step("counts", "words")
                .step("clouds", "counts")
                .run();
    }

    private static List<StepName> names(String... names) {
        return List.of(names).stream().map(StepName::new).toList();
    }

    /** Detaches at the event with this number, from 1 on; before anything has happened at 0. */
    private RunResult detachedAt(int event, Run run) {
        AtomicReference<Executor> executor = new AtomicReference<>();
        AtomicInteger seen = new AtomicInteger();
        RunListener interrupter = new RunListener() {
            @Override
            public void happened(Event happened, RunState state) {
                if (seen.incrementAndGet() == event) {
                    interrupt(executor.get());
                }
            }
        };
        executor.set(
                new Executor(run, stage.platform, stage.journals, stage.clock, interrupter, InterruptPolicy.DETACH));
        if (event == 0) {
            interrupt(executor.get());
        }
        try {
            return executor.get().execute(Selection.NONE);
        } catch (IOException | SelectionException exception) {
            throw new AssertionError(exception);
        }
    }

    private static void interrupt(Executor executor) {
        try {
            assertThat(executor.interrupt(Duration.ZERO)).isFalse();
        } catch (InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }

    @Test
    void aChainThatWasHandedOverGoesOnAndIsTakenUpAgain() {
        Run run = chain();
        stage.platform.inOrder(200);

        RunResult left = detachedAt(4, run);

        assertThat(left.status()).isEqualTo(Status.DETACHED);
        assertThat(RunFixture.told(left)).isEqualTo("words SUBMITTED, counts SUBMITTED, clouds SUBMITTED");
        assertThat(left.unwatched())
                .isEqualTo(new DetachedRisks(
                        names("words", "counts", "clouds"), List.of(), List.of(), Map.of(), List.of()));
        assertThat(stage.platform.cancelled).isEmpty();

        stage.platform.passBy(3);
        assertThat(stage.platform.running()).isEmpty();
        assertThat(stage.state(run).outcome()).isNull();

        RunResult result = stage.execute(run);
        assertThat(result.unwatched()).isEqualTo(DetachedRisks.NOTHING);
        assertThat(RunFixture.told(result)).isEqualTo("words DONE, counts DONE, clouds DONE");
        assertThat(stage.submitted()).containsExactly("words/1", "counts/1", "clouds/1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatIsHandedOverBehindAStepThatHasNotEndedStaysWhereItIs(int meanwhile) {
        Run run = chain();
        stage.platform.inOrder(200);
        detachedAt(4, run);
        stage.platform.passBy(meanwhile);

        RunResult result = stage.execute(run);

        assertThat(RunFixture.told(result)).isEqualTo("words DONE, counts DONE, clouds DONE");
        assertThat(stage.platform.cancelled).isEmpty();
        assertThat(stage.submitted()).containsExactly("words/1", "counts/1", "clouds/1");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 100", "2, 0", "2, 100", "200, 0", "200, 1", "200, 100"})
    void aRunThatIsLeftAtAnyEventComesToTheSameEndHoweverFarItWentMeanwhile(int atMost, int meanwhile) {
        Run run = plans().policy(OnFailure.CONTINUE, 1, HALF_AN_HOUR)
                .step("a")
                .step("b", "a")
                .step("c", "a")
                .step("d", "b", "c")
                .step("e", "c")
                .run();
        Map<String, Integer> starts = new TreeMap<>();
        setUp(atMost, starts);
        String end = RunFixture.told(stage.execute(run));
        Map<String, Integer> undisturbed = new TreeMap<>(starts);
        int detached = 0;
        for (int event = 0; event < MORE_THAN_ALL_EVENTS; event++) {
            setUp(atMost, starts);
            RunResult left = detachedAt(event, run);
            if (left.status() == Status.DETACHED) {
                detached++;
                assertThat(stage.state(run).outcome()).isNull();
                int before = stage.platform.submitted.size();
                stage.platform.passBy(meanwhile);
                assertThat(stage.platform.submitted).hasSize(before);
            }
            assertThat(stage.platform.cancelled).isEmpty();
            assertThat(RunFixture.told(stage.execute(run)))
                    .as("left at event %s", event)
                    .isEqualTo(end);
            assertThat(starts).as("left at event %s", event).isEqualTo(undisturbed);
        }
        assertThat(detached).isGreaterThan(12);
    }

    private void setUp(int atMost, Map<String, Integer> starts) {
        starts.clear();
        stage = new RunFixture();
        if (atMost > 0) {
            stage.platform.inOrder(atMost);
        }
        stage.platform
                .playedByStarts()
                .script("c", AttemptScript.FAIL, AttemptScript.SUCCEED)
                .script("e", AttemptScript.LOSE, AttemptScript.SUCCEED)
                .onStart(launch -> starts.merge(launch.attempt().step().value(), 1, Integer::sum));
    }

    @Test
    void oneThatIsLeftBeforeItBeganHandsNothingOver() {
        stage.platform.inOrder(200);

        RunResult left = detachedAt(0, chain());

        assertThat(left.status()).isEqualTo(Status.DETACHED);
        assertThat(left.unwatched())
                .isEqualTo(new DetachedRisks(
                        List.of(), names("words", "counts", "clouds"), List.of(), Map.of(), List.of()));
        assertThat(stage.submitted()).isEmpty();
        assertThat(RunFixture.told(stage.execute(chain()))).isEqualTo("words DONE, counts DONE, clouds DONE");
    }

    @Test
    void oneThatHasJustEndedIsNotLeft() {
        Run run = plans().step("words").run();
        int ended = 4;

        assertThat(detachedAt(ended, run).status()).isEqualTo(Status.DONE);
    }

    @Test
    void whatNobodySeesToIsTold() {
        Run run = plans().policy(OnFailure.CONTINUE, 1, HALF_AN_HOUR)
                .step("words")
                .policy(OnFailure.CONTINUE, 0, null)
                .step("counts", "words")
                .step("clouds", "counts")
                .step("film", "clouds")
                .run();
        stage.platform.inOrder(3);

        assertThat(detachedAt(4, run).unwatched())
                .isEqualTo(new DetachedRisks(
                        names("words", "counts", "clouds"),
                        names("film"),
                        names("words"),
                        Map.of(name("words"), HALF_AN_HOUR),
                        List.of()));
    }

    @Test
    void aStepThatHasUsedItsRetriesIsNotAmongThoseThatWouldBeRetried() {
        Run run = plans().policy(OnFailure.CANCEL, 1, null).step("words").run();
        stage.platform.script("words", AttemptScript.FAIL, AttemptScript.HANG);
        int secondStarted = 6;

        RunResult left = detachedAt(secondStarted, run);

        assertThat(RunFixture.told(left)).isEqualTo("words RUNNING");
        assertThat(left.unwatched().notRetried()).isEmpty();
    }

    /** {@code other} does not need {@code words} and has not started. */
    @ParameterizedTest
    @CsvSource({
        "CONTINUE, true, words",
        "CANCEL, true, ''",
        "TERMINATE_CLUSTER, true, ''",
        "CONTINUE, false, ''",
        "CANCEL, false, 'words,counts,other'",
        "TERMINATE_CLUSTER, false, 'words,counts,other'"
    })
    void whosePolicyThePlatformDoesNotKeepByItselfIsTold(OnFailure policy, boolean inOrder, String without) {
        Run run = plans().policy(policy, 0, null)
                .step("words")
                .step("counts", "words")
                .step("other")
                .run();
        RunState state = RunState.of(run.plan())
                .after(List.of(
                        new Event.RunBegan(FakeClock.START),
                        submitted("words"),
                        new Event.AttemptStarted(FakeClock.START, attempt("words")),
                        submitted("counts"),
                        submitted("other")));
        SubmissionMode manner = inOrder ? IN_ORDER : SubmissionMode.AT_ONCE;

        List<StepName> told = DetachedRisks.of(run, state, manner).withoutPolicy();

        assertThat(told).hasToString("[" + without.replace(",", ", ") + "]");
    }

    private static AttemptId attempt(String step) {
        return new AttemptId(name(step), 1);
    }

    private static Event submitted(String step) {
        return new Event.AttemptSubmitted(FakeClock.START, attempt(step));
    }

    @Test
    void aClusterThatIsToEndAfterTheLastTryDoesNotEndBeforeIt() {
        Run run = plans().policy(OnFailure.TERMINATE_CLUSTER, 1, null)
                .step("words")
                .run();
        stage.platform.inOrder(200);

        assertThat(detachedAt(2, run).unwatched().withoutPolicy()).isEqualTo(names("words"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void oneThatIsLeftWhileWhatRunsAgainIsStoppedIsLeftAtOnce(int waits) throws Exception {
        Run run = chain();
        stage.platform
                .script("words", AttemptScript.SUCCEED)
                .script("counts", AttemptScript.HANG, AttemptScript.SUCCEED);
        detachedAt(6, run);
        Executor executor = new Executor(
                run, stage.platform, stage.journals, stage.clock, RunListener.NONE, InterruptPolicy.DETACH);
        AtomicInteger seen = new AtomicInteger();
        stage.platform.onWait(() -> {
            if (seen.incrementAndGet() == waits) {
                interrupt(executor);
            }
        });

        RunResult left = executor.execute(new Selection(Set.of(), Set.of(), Set.of(name("words"))));

        assertThat(left.status()).isEqualTo(Status.DETACHED);
        assertThat(seen.get()).isEqualTo(waits);
        stage.platform.onWait(() -> {});
        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words DONE, counts DONE, clouds DONE");
    }

    @Test
    void aStepThatEndsAsBySignalHasFailedForNoSignalReachesIt() {
        Run run = plans().step("words").run();
        stage.platform.script("words", AttemptScript.FAIL_BY_SIGNAL);
        stage.platform.inOrder(200);
        detachedAt(2, run);
        stage.platform.passBy(1);

        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words FAILED (exit code 130)");
    }
}
