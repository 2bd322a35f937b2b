package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeTimeTest {
    private final FakeTime time = new FakeTime();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void oneWhoSleepsMovesTheClock() throws InterruptedException {
        time.sleep(Duration.ofHours(3));

        assertThat(time.elapsed()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void severalSleepAtTheSameTimeAndWakeInTheirOrder() throws Exception {
        List<String> woken = Collections.synchronizedList(new ArrayList<>());
        time.begin();
        List<Future<?>> sleepers = new ArrayList<>();
        for (int seconds : List.of(30, 10, 20)) {
            sleepers.add(threads.submit(() -> {
                time.sleep(Duration.ofSeconds(seconds));
                woken.add(seconds + " at " + time.elapsed().toSeconds());
                return seconds;
            }));
        }
        time.awaitSleepers(3);
        time.end();
        for (Future<?> sleeper : sleepers) {
            sleeper.get();
        }

        assertThat(woken).containsExactly("10 at 10", "20 at 20", "30 at 30");
    }

    @Test
    void theClockStandsWhileSomethingIsUnderWay() throws Exception {
        time.patience(Duration.ofNanos(1));
        time.begin();
        Future<?> sleeper = threads.submit(() -> {
            time.sleep(Duration.ofSeconds(5));
            return "woken";
        });
        time.awaitSleepers(1);
        assertThat(time.elapsed()).isZero();

        time.end();

        assertThat(sleeper.get()).isEqualTo("woken");
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatWasPlannedHappensAtItsTime() throws InterruptedException {
        List<Duration> happened = new ArrayList<>();
        time.after(Duration.ofSeconds(7), () -> happened.add(time.elapsed()));

        time.sleep(Duration.ofSeconds(5));
        assertThat(happened).isEmpty();
        time.sleep(Duration.ofSeconds(5));

        assertThat(happened).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void theDeadDoNotWake() {
        Future<?> sleeper = threads.submit(() -> {
            time.begin();
            time.kill();
            time.sleep(Duration.ofSeconds(5));
            return "woken";
        });

        assertThatThrownBy(sleeper::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(ProcessDied.class);
    }
}
