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

/** Two runners that want the same run: at once, one after the other's death, and one that was only asleep. */
final class TwoRunnersTest {
    private static final int MORE_THAN_ALL = 200;
    private static final int RACES = 200;

    /** When a runner falls asleep. */
    private enum Moment {
        WAIT,
        BEFORE_WRITE,
        AFTER_WRITE
    }

    private final InMemoryVersionedStore store = new InMemoryVersionedStore();
    private final Map<String, Integer> starts = new TreeMap<>();
    private RunFixture stage = new RunFixture();

    private static Run run() {
        return plans().policy(OnFailure.CONTINUE, 1, Duration.ofMinutes(30))
                .step("a")
                .step("b", "a")
                .step("c", "a")
                .step("d", "b", "c")
                .step("e", "c")
                .run();
    }

    /** A stage on which nothing has happened: two steps succeed at their second attempt. */
    private void setUp(int atMostInOrder) {
        store.clear();
        starts.clear();
        stage = new RunFixture();
        if (atMostInOrder > 0) {
            stage.platform.inOrder(atMostInOrder);
        }
        stage.platform
                .playedByStarts()
                .script("c", AttemptScript.FAIL, AttemptScript.SUCCEED)
                .script("e", AttemptScript.LOSE, AttemptScript.SUCCEED);
        stage.platform.onStart(launch -> starts.merge(launch.attempt().step().value(), 1, Integer::sum));
    }

    private Runner runner(String host, long pid) {
        return new Runner(store, stage.clock, host, pid);
    }

    private String executedBy(Runner runner) {
        try {
            return RunFixture.told(runner.execute(run(), stage.platform));
        } catch (IOException | InterruptedException | SelectionException exception) {
            throw new AssertionError(exception);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 200})
    void whileOneIsAtWorkEveryOtherIsRefused(int atMost) {
        setUp(atMost);
        String end = executedBy(runner("laptop", 1));
        List<Event> events = journal();
        setUp(atMost);
        int[] refused = {0};
        Runner here = runner("laptop", 2);
        Runner first = runner("laptop", 1);
        here.living.add(first.current());
        stage.platform.onWait(() -> {
            assertThatThrownBy(() -> here.leases.acquire(run().id()))
                    .isInstanceOf(RunLockedException.class)
                    .hasMessageContaining("process 1 on laptop");
            refused[0]++;
        });

        assertThat(executedBy(first)).isEqualTo(end);
        assertThat(journal()).isEqualTo(events);
        assertThat(refused[0]).isGreaterThan(4);
    }

    @Test
    void whenOneHasEndedTheNextNeedNotWait() {
        setUp(0);
        String end = executedBy(runner("laptop", 1));
        Runner second = runner("desk", 2);
        second.whileItWaits = () -> {
            throw new AssertionError("waits");
        };

        assertThat(executedBy(second)).isEqualTo(end);
    }

    @Test
    void whoeverLosesTheRunWhileHeIsAskedTakesNothingOut() throws Exception {
        setUp(200);
        Runner first = runner("laptop", 1);
        Runner second = runner("desk", 2);
        Set<StepName> nothingNamed = Set.of();
        stage.platform.script("a", AttemptScript.HANG);
        try (LeasedRun held = first.leases.hold(run().id(), first.journals)) {
            Executor executor = new Executor(
                    run(), stage.platform, held.journals(), stage.clock, RunListener.NONE, InterruptPolicy.DETACH);
            stage.platform.onWait(() -> interrupt(executor));
            assertThat(executor.execute(Selection.NONE).status()).isEqualTo(RunResult.Status.DETACHED);
            try (StepRemover remover =
                    StepRemover.open(run(), stage.platform, held.journals(), stage.clock, RunListener.NONE)) {
                assertThat(remover.look(nothingNamed, true).steps()).hasSize(5);
                second.leases.acquire(run().id());
                String before = touched();

                assertThatThrownBy(() -> remover.carryOut(nothingNamed, true)).isInstanceOf(RunLockedException.class);
                assertThat(touched()).isEqualTo(before);
            }
        }
    }

    @Test
    void ofTwoWhoBeginInTheSameMomentExactlyOneIsLetIn() throws Exception {
        setUp(0);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int race = 0; race < RACES; race++) {
                store.clear();
                Runner first = runner("laptop", 1);
                Runner second = runner("laptop", 2);
                first.living.add(second.current());
                second.living.add(first.current());
                int in = 0;
                for (Future<Boolean> taken :
                        threads.invokeAll(List.<Callable<Boolean>>of(() -> takes(first), () -> takes(second)))) {
                    in += taken.get() ? 1 : 0;
                }
                assertThat(in).isEqualTo(1);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static boolean takes(Runner runner) throws IOException, InterruptedException {
        try {
            runner.leases.acquire(run().id());
            return true;
        } catch (RunLockedException held) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 200})
    void oneThatIsKilledAtAnyWriteIsFollowedAndNoStepRunsTwiceOrNotAtAll(int atMost) {
        setUp(atMost);
        String end = executedBy(runner("laptop", 1));
        Map<String, Integer> started = new TreeMap<>(starts);
        int points = 0;
        for (boolean kept : List.of(false, true)) {
            for (int write = 1; write < MORE_THAN_ALL; write++) {
                setUp(atMost);
                store.dieAt(write, kept);
                try {
                    executedBy(runner("laptop", 1));
                    break;
                } catch (Killed killed) {
                    points++;
                }
                store.liveOn();
                String point = "write " + write + (kept ? " kept" : " not kept");
                String follower = points % 2 == 0 ? "laptop" : "desk";

                assertThat(executedBy(runner(follower, 2))).as(point).isEqualTo(end);
                assertThat(starts).as(point).isEqualTo(started);
                assertThat(stage.platform.running()).as(point).isEmpty();
                assertThat(told()).as(point).isEqualTo(end);
            }
        }
        System.out.println("killed at " + points + " points of the journal and the lease, taken over by another runner"
                + (atMost == 0 ? "" : ", at most " + atMost + " in order"));
        assertThat(points).isGreaterThan(20);
    }

    @Test
    void oneThatWasAsleepDoesNotEvenStopWhatIsOverdue() {
        Run run = plans().policy(OnFailure.CONTINUE, 0, Duration.ofMinutes(30))
                .step("a")
                .run();
        stage.platform.script("a", AttemptScript.HANG);
        Runner second = runner("desk", 2);
        stage.platform.onWait(() -> {
            stage.platform.onWait(() -> {});
            assertThatCode(() -> second.leases.acquire(run.id())).doesNotThrowAnyException();
            stage.clock.advance(Duration.ofMinutes(30));
        });

        assertThatThrownBy(() -> runner("laptop", 1).execute(run, stage.platform))
                .isInstanceOf(RunLockedException.class)
                .hasMessageContaining("process 2 on desk (since 2026-11-21T03:46:12Z) has taken it over");
        assertThat(stage.platform.cancelled).isEmpty();
        assertThat(stage.submitted()).containsExactly("a/1");
    }

    /** It wakes up after another one has taken over and come to the end. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 200})
    void oneThatWasAsleepAtAnyWriteOrWaitTouchesNothingMore(int atMost) {
        setUp(atMost);
        String end = executedBy(runner("laptop", 1));
        Map<String, Integer> started = new TreeMap<>(starts);
        int points = 0;
        for (Moment moment : Moment.values()) {
            for (int point = 1; point < MORE_THAN_ALL; point++) {
                setUp(atMost);
                if (!sleepsAt(point, moment, end)) {
                    break;
                }
                points++;
                assertThat(starts).isEqualTo(started);
                assertThat(told()).isEqualTo(end);
            }
        }
        System.out.println("asleep at " + points + " points of journal, lease and waiting, overtaken by another runner"
                + (atMost == 0 ? "" : ", at most " + atMost + " in order"));
        assertThat(points).isGreaterThan(30);
    }

    /** False when it came to its end before it was to fall asleep. */
    private boolean sleepsAt(int point, Moment moment, String end) {
        List<String> after = new ArrayList<>();
        int[] passed = {0};
        Runnable sleep = () -> {
            if (++passed[0] == point) {
                assertThat(executedBy(runner("desk", 2))).isEqualTo(end);
                after.add(touched());
            }
        };
        switch (moment) {
            case WAIT -> stage.platform.onWait(sleep);
            case BEFORE_WRITE -> store.beforeWrite = sleep;
            case AFTER_WRITE -> store.afterWrite = sleep;
        }
        Runner first = runner("laptop", 1);
        try {
            first.execute(run(), stage.platform);
        } catch (RunLockedException lost) {
            assertThat(touched()).isEqualTo(after.get(0));
            return true;
        } catch (IOException | InterruptedException | SelectionException exception) {
            throw new AssertionError(exception);
        }
        assertThat(after.isEmpty() || passed[0] >= point).isTrue();
        return !after.isEmpty();
    }

    private static void interrupt(Executor executor) {
        try {
            executor.interrupt(Duration.ZERO);
        } catch (InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }

    private String touched() {
        return stage.platform.submitted + " " + stage.platform.cancelled + " " + stage.platform.workspace.outputs + " "
                + store.texts;
    }

    private List<Event> journal() {
        try {
            return runner("desk", 9).journals.read(run().id());
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }

    private String told() {
        try {
            return RunFixture.told(
                    RunResult.read(run(), runner("desk", 9).journals, stage.platform.workspace(), stage.platform));
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }
}
