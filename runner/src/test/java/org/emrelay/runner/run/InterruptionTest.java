package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.junit.jupiter.api.Test;

/** A run that is stopped at any moment, by its user or by a crash, and gone on with. */
final class InterruptionTest {
    private static final int MORE_THAN_ALL_EVENTS = 40;
    private static final int EVENTS_OF_A_LIFE = 4;

    private static Run run() {
        return plans().policy(OnFailure.CONTINUE, 1, Duration.ofMinutes(30))
                .step("a")
                .step("b", "a")
                .step("c", "a")
                .step("d", "b", "c")
                .step("e", "c")
                .run();
    }

    private static RunFixture stage() {
        RunFixture stage = new RunFixture();
        stage.platform.script("c", AttemptScript.FAIL, AttemptScript.SUCCEED).script("e", AttemptScript.FAIL);
        return stage;
    }

    @Test
    void aRunThatIsKilledAfterAnyEventComesToTheSameEndWhenItsChildrenDieWithIt() {
        killedAfterEveryEvent(true);
    }

    @Test
    void aRunThatIsKilledAfterAnyEventComesToTheSameEndWhenItsAttemptsLiveOn() {
        killedAfterEveryEvent(false);
    }

    private static void killedAfterEveryEvent(boolean childrenDie) {
        Run run = run();
        RunFixture undisturbed = stage();
        String end = RunFixture.told(undisturbed.execute(run));
        int events = undisturbed.journals.of(run.id()).size();
        for (int killedAfter = 0; killedAfter < events; killedAfter++) {
            RunFixture stage = stage();
            stage.journals.dieAfter(killedAfter);
            boolean killed = false;
            try {
                stage.execute(run);
            } catch (InMemoryJournals.Killed expected) {
                killed = true;
            }
            assertThat(killed).isTrue();
            if (childrenDie) {
                stage.platform.crashWithChildren();
            }
            stage.journals.liveOn();
            int done = doneIn(stage, run);
            RunResult result = stage.execute(run);

            assertThat(RunFixture.told(result))
                    .as("killed after %s events", killedAfter)
                    .isEqualTo(end);
            assertThat(stage.platform.running()).isEmpty();
            assertThat(doneIn(stage, run)).isGreaterThanOrEqualTo(done);
            assertThat(stage.submitted()).doesNotHaveDuplicates();
            assertThat(stage.journals.of(run.id()).stream()
                            .filter(Event.StepReset.class::isInstance)
                            .map(event -> ((Event.StepReset) event).reason()))
                    .allMatch(reason -> reason.equals("it failed before") || reason.equals("it was skipped before"));
        }
    }

    private static int doneIn(RunFixture stage, Run run) {
        return (int) stage.state(run).steps().values().stream()
                .filter(step -> step.phase() == StepPhase.DONE)
                .count();
    }

    @Test
    void aRunThatIsKilledAgainAndAgainStillComesToItsEnd() {
        Run run = run();
        RunFixture stage = stage();
        String end = RunFixture.told(stage().execute(run));
        int killings = 0;
        while (stage.state(run).outcome() == null) {
            stage.journals.dieAfter(stage.journals.of(run.id()).size() + EVENTS_OF_A_LIFE + killings);
            try {
                stage.execute(run);
            } catch (InMemoryJournals.Killed expected) {
                killings++;
            }
        }
        assertThat(killings).isGreaterThan(3);
        assertThat(RunFixture.told(RunResult.of(run, stage.state(run), stage.platform.workspace(), stage.platform)))
                .isEqualTo(end);
    }

    @Test
    void aRunThatIsInterruptedAtAnyEventStopsItsAttemptsAndComesToTheSameEndLater() throws Exception {
        Run run = run();
        String end = RunFixture.told(stage().execute(run));
        int interruptions = 0;
        for (int at = 1; at < MORE_THAN_ALL_EVENTS; at++) {
            RunFixture stage = stage();
            RunResult first = interruptedAt(at, run, stage);

            assertThat(stage.platform.running()).isEmpty();
            if (first.status() == RunResult.Status.INTERRUPTED) {
                interruptions++;
                assertThat(stage.state(run).active()).isEmpty();
                assertThat(stage.state(run).outcome()).isNull();
            }
            String second = RunFixture.told(stage.execute(run));
            assertThat(second).as("interrupted at event %s", at).isEqualTo(end);
        }
        assertThat(interruptions).isGreaterThan(10);
    }

    private static RunResult interruptedAt(int event, Run run, RunFixture stage) throws Exception {
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
        executor.set(new Executor(run, stage.platform, stage.journals, stage.clock, interrupter));
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
    void whatWasStoppedByTheInterruptionIsToldSo() throws Exception {
        Run run = plans().step("words").step("counts", "words").run();
        RunFixture stage = new RunFixture();
        stage.platform.script("words", AttemptScript.HANG, AttemptScript.SUCCEED);

        RunResult result = interruptedAt(3, run, stage);

        assertThat(result.status()).isEqualTo(RunResult.Status.INTERRUPTED);
        assertThat(RunFixture.told(result)).isEqualTo("words CANCELLED (interrupted), counts CANCELLED (interrupted)");
        assertThat(stage.platform.cancelled).hasToString("[words/1]");
        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words DONE, counts DONE");
        assertThat(stage.submitted()).containsExactly("words/1", "words/2", "counts/1");
    }

    @Test
    void aStepThatGotTheTerminalsSignalJustBeforeTheRunnerIsInterruptedToo() throws IOException, SelectionException {
        Run run = plans().step("words").run();
        RunFixture stage = new RunFixture();
        stage.platform.script("words", AttemptScript.FAIL_BY_SIGNAL, AttemptScript.SUCCEED);
        Executor executor = stage.executor(run);
        AtomicInteger waits = new AtomicInteger();
        stage.platform.onWait(() -> {
            if (waits.incrementAndGet() == 2) {
                interrupt(executor);
            }
        });

        RunResult result = executor.execute(Selection.NONE);

        assertThat(RunFixture.told(result)).isEqualTo("words CANCELLED (interrupted)");
        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void aStepThatEndsAsBySignalWithoutAnyInterruptionHasFailed() {
        Run run = plans().step("words").run();
        RunFixture stage = new RunFixture();
        stage.platform.script("words", AttemptScript.FAIL_BY_SIGNAL);

        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words FAILED (exit code 130)");
    }

    @Test
    void anInterruptionWaitsForTheEndOfTheExecution() throws Exception {
        Run run = plans().step("words").run();
        RunFixture stage = new RunFixture();
        Executor executor = stage.executor(run);
        executor.execute(Selection.NONE);

        assertThat(executor.interrupt(Duration.ZERO)).isTrue();
    }
}
