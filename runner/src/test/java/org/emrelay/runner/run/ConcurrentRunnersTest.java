package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.run.InMemoryJournals.Killed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two runners compete for the same run. They overlap, or one crashes or is suspended. */
final class ConcurrentRunnersTest {
    private static final int MAX_WRITES = 200;
    private static final int RACES = 200;

    /** When a runner is suspended. */
    private enum SuspendPoint {
        WAIT,
        BEFORE_WRITE,
        AFTER_WRITE
    }

    private final InMemoryVersionedStore store = new InMemoryVersionedStore();
    private final Map<String, Integer> starts = new TreeMap<>();
    private RunFixture fixture = new RunFixture();

    private static Run run() {
        return plans().policy(OnFailure.CONTINUE, 1, Duration.ofMinutes(30))
                .step("a")
                .step("b", "a")
                .step("c", "a")
                .step("d", "b", "c")
                .step("e", "c")
                .run();
    }

    /** Resets all state. Two steps succeed at their second attempt. */
    private void setUp(int maxSequential) {
        store.clear();
        starts.clear();
        fixture = new RunFixture();
        if (maxSequential > 0) {
            fixture.platform.sequential(maxSequential);
        }
        fixture.platform
                .countStartedOnly()
                .script("c", AttemptScript.FAIL, AttemptScript.SUCCEED)
                .script("e", AttemptScript.LOSE, AttemptScript.SUCCEED);
        fixture.platform.onStart(
                request -> starts.merge(request.attempt().step().value(), 1, Integer::sum));
    }

    private SimulatedRunner runner(String host, long pid) {
        return new SimulatedRunner(store, fixture.clock, host, pid);
    }

    private String executeWith(SimulatedRunner runner) {
        try {
            return RunFixture.summary(runner.execute(run(), fixture.platform));
        } catch (IOException | InterruptedException | SelectionException exception) {
            throw new AssertionError(exception);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 200})
    void otherRunnersAreRejectedWhileOneIsWorking(int maxActive) {
        setUp(maxActive);
        String end = executeWith(runner("laptop", 1));
        List<Event> events = journal();
        setUp(maxActive);
        int[] rejections = {0};
        SimulatedRunner sameHostRunner = runner("laptop", 2);
        SimulatedRunner first = runner("laptop", 1);
        sameHostRunner.liveProcesses.add(first.current());
        fixture.platform.onWait(() -> {
            assertThatThrownBy(() -> sameHostRunner.leases.acquire(run().id()))
                    .isInstanceOf(RunLockedException.class)
                    .hasMessageContaining("process 1 on laptop");
            rejections[0]++;
        });

        assertThat(executeWith(first)).isEqualTo(end);
        assertThat(journal()).isEqualTo(events);
        assertThat(rejections[0]).isGreaterThan(4);
    }

    @Test
    void nextRunnerNeedNotWaitAfterTheFirstHasEnded() {
        setUp(0);
        String end = executeWith(runner("laptop", 1));
        SimulatedRunner second = runner("desk", 2);
        second.onSleep = () -> {
            throw new AssertionError("the second runner waits");
        };

        assertThat(executeWith(second)).isEqualTo(end);
    }

    @Test
    void runnerThatLosesTheLeaseDuringThePromptRemovesNothing() throws Exception {
        setUp(200);
        SimulatedRunner first = runner("laptop", 1);
        SimulatedRunner second = runner("desk", 2);
        Set<StepName> nothingNamed = Set.of();
        fixture.platform.script("a", AttemptScript.HANG);
        try (LeasedRun leased = first.leases.lockRun(run().id(), first.journals)) {
            Executor executor = RunFixture.executor(
                    run(),
                    fixture.platform,
                    leased.journals(),
                    fixture.clock,
                    RunListener.NONE,
                    InterruptPolicy.DETACH);
            fixture.platform.onWait(() -> interrupt(executor));
            assertThat(executor.execute(Selection.NONE).status()).isEqualTo(RunResult.Status.DETACHED);
            try (StepRemover remover = DetachedStepRemover.open(
                    run(), fixture.platform, leased.journals(), fixture.clock, RunListener.NONE, () -> {})) {
                assertThat(remover.preview(nothingNamed, true).steps()).hasSize(5);
                second.leases.acquire(run().id());
                String before = sideEffects();

                assertThatThrownBy(() -> remover.execute(nothingNamed, true)).isInstanceOf(RunLockedException.class);
                assertThat(sideEffects()).isEqualTo(before);
            }
        }
    }

    @Test
    void exactlyOneOfTwoConcurrentRunnersGetsTheLease() throws Exception {
        setUp(0);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int race = 0; race < RACES; race++) {
                store.clear();
                SimulatedRunner first = runner("laptop", 1);
                SimulatedRunner second = runner("laptop", 2);
                first.liveProcesses.add(second.current());
                second.liveProcesses.add(first.current());
                int acquired = 0;
                for (Future<Boolean> result :
                        threads.invokeAll(List.<Callable<Boolean>>of(() -> acquires(first), () -> acquires(second)))) {
                    acquired += result.get() ? 1 : 0;
                }
                assertThat(acquired).isEqualTo(1);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static boolean acquires(SimulatedRunner runner) throws IOException, InterruptedException {
        try {
            runner.leases.acquire(run().id());
            return true;
        } catch (RunLockedException locked) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 200})
    void runnerKilledAtAnyWriteIsReplacedAndEveryStepRunsOnce(int maxActive) {
        setUp(maxActive);
        String end = executeWith(runner("laptop", 1));
        Map<String, Integer> started = new TreeMap<>(starts);
        int crashPoints = 0;
        for (boolean persisted : List.of(false, true)) {
            for (int write = 1; write < MAX_WRITES; write++) {
                setUp(maxActive);
                store.killAt(write, persisted);
                try {
                    executeWith(runner("laptop", 1));
                    break;
                } catch (Killed killed) {
                    crashPoints++;
                }
                store.stopKilling();
                String point = "write " + write + (persisted ? " kept" : " not kept");
                String nextHost = crashPoints % 2 == 0 ? "laptop" : "desk";

                assertThat(executeWith(runner(nextHost, 2))).as(point).isEqualTo(end);
                assertThat(starts).as(point).isEqualTo(started);
                assertThat(fixture.platform.running()).as(point).isEmpty();
                assertThat(recordedSummary()).as(point).isEqualTo(end);
            }
        }
        System.out.println("killed at " + crashPoints + " points of journal and lease, taken over by another runner"
                + (maxActive == 0 ? "" : ", at most " + maxActive + " in order"));
        assertThat(crashPoints).isGreaterThan(20);
    }

    @Test
    void suspendedRunnerDoesNotEvenStopOverdueSteps() {
        Run run = plans().policy(OnFailure.CONTINUE, 0, Duration.ofMinutes(30))
                .step("a")
                .run();
        fixture.platform.script("a", AttemptScript.HANG);
        SimulatedRunner second = runner("desk", 2);
        fixture.platform.onWait(() -> {
            fixture.platform.onWait(() -> {});
            assertThatCode(() -> second.leases.acquire(run.id())).doesNotThrowAnyException();
            fixture.clock.advance(Duration.ofMinutes(30));
        });

        assertThatThrownBy(() -> runner("laptop", 1).execute(run, fixture.platform))
                .isInstanceOf(RunLockedException.class)
                .hasMessageContaining("process 2 on desk (since 2026-11-21T03:46:12Z) has taken it over");
        assertThat(fixture.platform.cancelled).isEmpty();
        assertThat(fixture.submitted()).containsExactly("a/1");
    }

    /** The suspended runner continues after another one has taken over and ended the run. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 200})
    void runnerSuspendedAtAnyWriteOrWaitChangesNothingMore(int maxActive) {
        setUp(maxActive);
        String end = executeWith(runner("laptop", 1));
        Map<String, Integer> started = new TreeMap<>(starts);
        int crashPoints = 0;
        for (SuspendPoint suspendPoint : SuspendPoint.values()) {
            for (int point = 1; point < MAX_WRITES; point++) {
                setUp(maxActive);
                if (!isSuspendedAt(point, suspendPoint, end)) {
                    break;
                }
                crashPoints++;
                assertThat(starts).isEqualTo(started);
                assertThat(recordedSummary()).isEqualTo(end);
            }
        }
        System.out.println(
                "suspended at " + crashPoints + " points of journal, lease and waiting, taken over by another runner"
                        + (maxActive == 0 ? "" : ", at most " + maxActive + " in order"));
        assertThat(crashPoints).isGreaterThan(30);
    }

    /** False when the execution ends before this point. */
    private boolean isSuspendedAt(int point, SuspendPoint suspendPoint, String end) {
        List<String> after = new ArrayList<>();
        int[] reached = {0};
        Runnable suspend = () -> {
            if (++reached[0] == point) {
                assertThat(executeWith(runner("desk", 2))).isEqualTo(end);
                after.add(sideEffects());
            }
        };
        switch (suspendPoint) {
            case WAIT -> fixture.platform.onWait(suspend);
            case BEFORE_WRITE -> store.beforeWrite = suspend;
            case AFTER_WRITE -> store.afterWrite = suspend;
        }
        SimulatedRunner first = runner("laptop", 1);
        try {
            first.execute(run(), fixture.platform);
        } catch (RunLockedException lost) {
            assertThat(sideEffects()).isEqualTo(after.get(0));
            return true;
        } catch (IOException | InterruptedException | SelectionException exception) {
            throw new AssertionError(exception);
        }
        assertThat(after.isEmpty() || reached[0] >= point).isTrue();
        return !after.isEmpty();
    }

    private static void interrupt(Executor executor) {
        try {
            executor.interrupt(Duration.ZERO);
        } catch (InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }

    private String sideEffects() {
        return fixture.platform.submitted + " " + fixture.platform.cancelled + " " + fixture.platform.workspace.outputs
                + " " + store.texts;
    }

    private List<Event> journal() {
        try {
            return runner("desk", 9).journals.read(run().id());
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }

    private String recordedSummary() {
        try {
            return RunFixture.summary(RunResult.read(run(), runner("desk", 9).journals, fixture.platform.workspace()));
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }
}
