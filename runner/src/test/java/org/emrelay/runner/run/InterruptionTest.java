package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.junit.jupiter.api.Test;

/** Stops a run at any moment, by an interrupt or a crash, and continues it. */
final class InterruptionTest {
    private static final int MAX_EVENTS = 40;
    private static final int EVENTS_PER_EXECUTION = 4;

    private static Run run() {
        return plans().policy(OnFailure.CONTINUE, 1, Duration.ofMinutes(30))
                .step("a")
                .step("b", "a")
                .step("c", "a")
                .step("d", "b", "c")
                .step("e", "c")
                .run();
    }

    private static RunFixture fixture() {
        RunFixture fixture = new RunFixture();
        fixture.platform.script("c", AttemptScript.FAIL, AttemptScript.SUCCEED).script("e", AttemptScript.FAIL);
        return fixture;
    }

    @Test
    void runKilledAfterAnyEventEndsTheSameWhenItsProcessesDieToo() {
        killAfterEveryEvent(true);
    }

    @Test
    void runKilledAfterAnyEventEndsTheSameWhenItsAttemptsContinue() {
        killAfterEveryEvent(false);
    }

    private static void killAfterEveryEvent(boolean killProcesses) {
        Run run = run();
        RunFixture uninterrupted = fixture();
        String end = RunFixture.summary(uninterrupted.execute(run));
        int events = uninterrupted.journals.of(run.id()).size();
        for (int killedAfter = 0; killedAfter < events; killedAfter++) {
            RunFixture fixture = fixture();
            fixture.journals.killAfter(killedAfter);
            boolean killed = false;
            try {
                fixture.execute(run);
            } catch (InMemoryJournals.Killed expected) {
                killed = true;
            }
            assertThat(killed).isTrue();
            if (killProcesses) {
                fixture.platform.killRunning();
            }
            fixture.journals.stopKilling();
            int done = countDone(fixture, run);
            RunResult result = fixture.execute(run);

            assertThat(RunFixture.summary(result))
                    .as("killed after %s events", killedAfter)
                    .isEqualTo(end);
            assertThat(fixture.platform.running()).isEmpty();
            assertThat(countDone(fixture, run)).isGreaterThanOrEqualTo(done);
            assertThat(fixture.submitted()).doesNotHaveDuplicates();
            assertThat(fixture.journals.of(run.id()).stream()
                            .filter(Event.StepReset.class::isInstance)
                            .map(event -> ((Event.StepReset) event).reason()))
                    .allMatch(reason -> reason.equals("it failed before") || reason.equals("it was skipped before"));
        }
    }

    private static int countDone(RunFixture fixture, Run run) {
        return (int) fixture.state(run).steps().values().stream()
                .filter(step -> step.phase() == StepPhase.DONE)
                .count();
    }

    @Test
    void runKilledRepeatedlyStillEnds() {
        Run run = run();
        RunFixture fixture = fixture();
        String end = RunFixture.summary(fixture().execute(run));
        int kills = 0;
        while (fixture.state(run).outcome() == null) {
            fixture.journals.killAfter(fixture.journals.of(run.id()).size() + EVENTS_PER_EXECUTION + kills);
            try {
                fixture.execute(run);
            } catch (InMemoryJournals.Killed expected) {
                kills++;
            }
        }
        assertThat(kills).isGreaterThan(3);
        assertThat(RunFixture.summary(RunResult.of(run, fixture.state(run), fixture.platform.workspace())))
                .isEqualTo(end);
    }

    @Test
    void runInterruptedAtAnyEventStopsItsAttemptsAndEndsTheSameLater() throws Exception {
        Run run = run();
        String end = RunFixture.summary(fixture().execute(run));
        int interruptions = 0;
        for (int at = 1; at < MAX_EVENTS; at++) {
            RunFixture fixture = fixture();
            RunResult first = interruptAt(at, run, fixture);

            assertThat(fixture.platform.running()).isEmpty();
            if (first.status() == RunResult.Status.INTERRUPTED) {
                interruptions++;
                assertThat(fixture.state(run).active()).isEmpty();
                assertThat(fixture.state(run).outcome()).isNull();
            }
            String second = RunFixture.summary(fixture.execute(run));
            assertThat(second).as("interrupted at event %s", at).isEqualTo(end);
        }
        assertThat(interruptions).isGreaterThan(10);
    }

    private static RunResult interruptAt(int event, Run run, RunFixture fixture) throws Exception {
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
        executor.set(RunFixture.executor(run, fixture.platform, fixture.journals, fixture.clock, interrupter));
        return executor.get().execute(Selection.NONE);
    }

    private static void interrupt(Executor executor) {
        try {
            assertThat(executor.interrupt(Duration.ZERO)).isFalse();
        } catch (InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }

    @Test
    void stepsStoppedByAnInterruptAreReportedAsInterrupted() throws Exception {
        Run run = plans().step("words").step("counts", "words").run();
        RunFixture fixture = new RunFixture();
        fixture.platform.script("words", AttemptScript.HANG, AttemptScript.SUCCEED);

        RunResult result = interruptAt(3, run, fixture);

        assertThat(result.status()).isEqualTo(RunResult.Status.INTERRUPTED);
        assertThat(RunFixture.summary(result))
                .isEqualTo("words CANCELLED (interrupted), counts CANCELLED (interrupted)");
        assertThat(fixture.platform.cancelled).hasToString("[words/1]");
        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE, counts DONE");
        assertThat(fixture.submitted()).containsExactly("words/1", "words/2", "counts/1");
    }

    @Test
    void stepThatReceivesSigintJustBeforeTheRunnerIsInterruptedToo() throws IOException, SelectionException {
        Run run = plans().step("words").run();
        RunFixture fixture = new RunFixture();
        fixture.platform.script("words", AttemptScript.FAIL_WITH_SIGINT, AttemptScript.SUCCEED);
        Executor executor = fixture.executor(run);
        AtomicInteger waits = new AtomicInteger();
        fixture.platform.onWait(() -> {
            if (waits.incrementAndGet() == 2) {
                interrupt(executor);
            }
        });

        RunResult result = executor.execute(Selection.NONE);

        assertThat(RunFixture.summary(result)).isEqualTo("words CANCELLED (interrupted)");
        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void stepThatEndsWithSigintWithoutAnInterruptHasFailed() {
        Run run = plans().step("words").run();
        RunFixture fixture = new RunFixture();
        fixture.platform.script("words", AttemptScript.FAIL_WITH_SIGINT);

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words FAILED (exit code 130)");
    }

    @Test
    void interruptAwaitsTheEndOfTheExecution() throws Exception {
        Run run = plans().step("words").run();
        RunFixture fixture = new RunFixture();
        Executor executor = fixture.executor(run);
        executor.execute(Selection.NONE);

        assertThat(executor.interrupt(Duration.ZERO)).isTrue();
    }
}
