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

/** Detaches from a run on a platform that outlives the runner. */
final class DetachTest {
    private static final int MAX_EVENTS = 40;
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final SubmissionMode SEQUENTIAL = new SubmissionMode(true, 200, Duration.ofSeconds(5));

    private RunFixture fixture = new RunFixture();

    private static Run chain() {
        return plans().step("words")
                .step("counts", "words")
                .step("clouds", "counts")
                .run();
    }

    private static List<StepName> names(String... names) {
        return List.of(names).stream().map(StepName::new).toList();
    }

    /** Detaches at the event with this number, counted from 1; 0 detaches before the first event. */
    private RunResult detachAt(int event, Run run) {
        AtomicReference<Executor> executor = new AtomicReference<>();
        AtomicInteger eventCount = new AtomicInteger();
        RunListener interrupter = new RunListener() {
            @Override
            public void recorded(Event recorded, RunState state) {
                if (eventCount.incrementAndGet() == event) {
                    interrupt(executor.get());
                }
            }
        };
        executor.set(RunFixture.executor(
                run, fixture.platform, fixture.journals, fixture.clock, interrupter, InterruptPolicy.DETACH));
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
    void submittedChainContinuesAndIsReattached() {
        Run run = chain();
        fixture.platform.sequential(200);

        RunResult detached = detachAt(4, run);

        assertThat(detached.status()).isEqualTo(Status.DETACHED);
        assertThat(RunFixture.summary(detached)).isEqualTo("words SUBMITTED, counts SUBMITTED, clouds SUBMITTED");
        assertThat(detached.detachedRisks())
                .isEqualTo(new DetachedRisks(
                        names("words", "counts", "clouds"), List.of(), List.of(), Map.of(), List.of()));
        assertThat(fixture.platform.cancelled).isEmpty();

        fixture.platform.advance(3);
        assertThat(fixture.platform.running()).isEmpty();
        assertThat(fixture.state(run).outcome()).isNull();

        RunResult result = fixture.execute(run);
        assertThat(result.detachedRisks()).isEqualTo(DetachedRisks.NONE);
        assertThat(RunFixture.summary(result)).isEqualTo("words DONE, counts DONE, clouds DONE");
        assertThat(fixture.submitted()).containsExactly("words/1", "counts/1", "clouds/1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void stepsQueuedBehindAnActiveStepStayQueued(int changes) {
        Run run = chain();
        fixture.platform.sequential(200);
        detachAt(4, run);
        fixture.platform.advance(changes);

        RunResult result = fixture.execute(run);

        assertThat(RunFixture.summary(result)).isEqualTo("words DONE, counts DONE, clouds DONE");
        assertThat(fixture.platform.cancelled).isEmpty();
        assertThat(fixture.submitted()).containsExactly("words/1", "counts/1", "clouds/1");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 100", "2, 0", "2, 100", "200, 0", "200, 1", "200, 100"})
    void runDetachedAtAnyEventEndsTheSame(int maxActive, int changes) {
        Run run = plans().policy(OnFailure.CONTINUE, 1, HALF_AN_HOUR)
                .step("a")
                .step("b", "a")
                .step("c", "a")
                .step("d", "b", "c")
                .step("e", "c")
                .run();
        Map<String, Integer> starts = new TreeMap<>();
        setUp(maxActive, starts);
        String end = RunFixture.summary(fixture.execute(run));
        Map<String, Integer> expectedStarts = new TreeMap<>(starts);
        int detachments = 0;
        for (int event = 0; event < MAX_EVENTS; event++) {
            setUp(maxActive, starts);
            RunResult detached = detachAt(event, run);
            if (detached.status() == Status.DETACHED) {
                detachments++;
                assertThat(fixture.state(run).outcome()).isNull();
                int before = fixture.platform.submitted.size();
                fixture.platform.advance(changes);
                assertThat(fixture.platform.submitted).hasSize(before);
            }
            assertThat(fixture.platform.cancelled).isEmpty();
            assertThat(RunFixture.summary(fixture.execute(run)))
                    .as("detached at event %s", event)
                    .isEqualTo(end);
            assertThat(starts).as("detached at event %s", event).isEqualTo(expectedStarts);
        }
        assertThat(detachments).isGreaterThan(12);
    }

    private void setUp(int maxActive, Map<String, Integer> starts) {
        starts.clear();
        fixture = new RunFixture();
        if (maxActive > 0) {
            fixture.platform.sequential(maxActive);
        }
        fixture.platform
                .countStartedOnly()
                .script("c", AttemptScript.FAIL, AttemptScript.SUCCEED)
                .script("e", AttemptScript.LOSE, AttemptScript.SUCCEED)
                .onStart(request -> starts.merge(request.attempt().step().value(), 1, Integer::sum));
    }

    @Test
    void runDetachedBeforeItBeginsSubmitsNothing() {
        fixture.platform.sequential(200);

        RunResult detached = detachAt(0, chain());

        assertThat(detached.status()).isEqualTo(Status.DETACHED);
        assertThat(detached.detachedRisks())
                .isEqualTo(new DetachedRisks(
                        List.of(), names("words", "counts", "clouds"), List.of(), Map.of(), List.of()));
        assertThat(fixture.submitted()).isEmpty();
        assertThat(RunFixture.summary(fixture.execute(chain()))).isEqualTo("words DONE, counts DONE, clouds DONE");
    }

    @Test
    void runThatHasJustEndedIsNotDetached() {
        Run run = plans().step("words").run();
        int ended = 4;

        assertThat(detachAt(ended, run).status()).isEqualTo(Status.DONE);
    }

    @Test
    void reportsWhatIsNotEnforced() {
        Run run = plans().policy(OnFailure.CONTINUE, 1, HALF_AN_HOUR)
                .step("words")
                .policy(OnFailure.CONTINUE, 0, null)
                .step("counts", "words")
                .step("clouds", "counts")
                .step("animation", "clouds")
                .run();
        fixture.platform.sequential(3);

        assertThat(detachAt(4, run).detachedRisks())
                .isEqualTo(new DetachedRisks(
                        names("words", "counts", "clouds"),
                        names("animation"),
                        names("words"),
                        Map.of(name("words"), HALF_AN_HOUR),
                        List.of()));
    }

    @Test
    void stepWithoutRetriesLeftHasNoUnenforcedRetries() {
        Run run = plans().policy(OnFailure.CANCEL, 1, null).step("words").run();
        fixture.platform.script("words", AttemptScript.FAIL, AttemptScript.HANG);
        int secondStarted = 7;

        RunResult detached = detachAt(secondStarted, run);

        assertThat(RunFixture.summary(detached)).isEqualTo("words RUNNING");
        assertThat(detached.detachedRisks().unenforcedRetries()).isEmpty();
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
    void reportsPoliciesThatThePlatformDoesNotApply(OnFailure policy, boolean sequential, String expected) {
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
        SubmissionMode mode = sequential ? SEQUENTIAL : SubmissionMode.CONCURRENT;

        List<StepName> unenforced = DetachedRisks.of(run, state, mode).unenforcedPolicies();

        assertThat(unenforced).hasToString("[" + expected.replace(",", ", ") + "]");
    }

    private static AttemptId attempt(String step) {
        return new AttemptId(name(step), 1);
    }

    private static Event submitted(String step) {
        return new Event.AttemptSubmitted(FakeClock.START, attempt(step));
    }

    @Test
    void clusterIsNotTerminatedBeforeTheLastAttempt() {
        Run run = plans().policy(OnFailure.TERMINATE_CLUSTER, 1, null)
                .step("words")
                .run();
        fixture.platform.sequential(200);

        assertThat(detachAt(2, run).detachedRisks().unenforcedPolicies()).isEqualTo(names("words"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void detachingWhileAttemptsAreStoppedTakesEffectAtOnce(int waits) throws Exception {
        Run run = chain();
        fixture.platform
                .script("words", AttemptScript.SUCCEED)
                .script("counts", AttemptScript.HANG, AttemptScript.SUCCEED);
        detachAt(6, run);
        Executor executor = RunFixture.executor(
                run, fixture.platform, fixture.journals, fixture.clock, RunListener.NONE, InterruptPolicy.DETACH);
        AtomicInteger waitCount = new AtomicInteger();
        fixture.platform.onWait(() -> {
            if (waitCount.incrementAndGet() == waits) {
                interrupt(executor);
            }
        });

        RunResult detached = executor.execute(new Selection(Set.of(), Set.of(), Set.of(name("words"))));

        assertThat(detached.status()).isEqualTo(Status.DETACHED);
        assertThat(waitCount.get()).isEqualTo(waits);
        fixture.platform.onWait(() -> {});
        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE, counts DONE, clouds DONE");
    }

    @Test
    void stepThatEndsWithSigintHasFailedBecauseNoSignalReachesIt() {
        Run run = plans().step("words").run();
        fixture.platform.script("words", AttemptScript.FAIL_WITH_SIGINT);
        fixture.platform.sequential(200);
        detachAt(2, run);
        fixture.platform.advance(1);

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words FAILED (exit code 130)");
    }
}
