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

class SimulatedClockTest {
    private final SimulatedClock clock = new SimulatedClock();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void aSleepAdvancesTheClock() throws InterruptedException {
        clock.sleep(Duration.ofHours(3));

        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void concurrentSleepersWakeInOrderOfTheirWakeTimes() throws Exception {
        // A woken sleeper must reach its next line before the clock jumps again, even in a cold JVM.
        clock.setIdleThreshold(Duration.ofMillis(200));
        List<String> woken = Collections.synchronizedList(new ArrayList<>());
        clock.beginActivity();
        List<Future<?>> sleepers = new ArrayList<>();
        for (int seconds : List.of(30, 10, 20)) {
            sleepers.add(threads.submit(() -> {
                clock.sleep(Duration.ofSeconds(seconds));
                woken.add(seconds + " at " + clock.elapsed().toSeconds());
                return seconds;
            }));
        }
        clock.awaitSleepers(3);
        clock.endActivity();
        for (Future<?> sleeper : sleepers) {
            sleeper.get();
        }

        assertThat(woken).containsExactly("10 at 10", "20 at 20", "30 at 30");
    }

    @Test
    void theClockStopsDuringAnActivity() throws Exception {
        clock.setIdleThreshold(Duration.ofNanos(1));
        clock.beginActivity();
        Future<?> sleeper = threads.submit(() -> {
            clock.sleep(Duration.ofSeconds(5));
            return "woken";
        });
        clock.awaitSleepers(1);
        assertThat(clock.elapsed()).isZero();

        clock.endActivity();

        assertThat(sleeper.get()).isEqualTo("woken");
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aScheduledActionRunsAtItsTime() throws InterruptedException {
        List<Duration> happened = new ArrayList<>();
        clock.schedule(Duration.ofSeconds(7), () -> happened.add(clock.elapsed()));

        clock.sleep(Duration.ofSeconds(5));
        assertThat(happened).isEmpty();
        clock.sleep(Duration.ofSeconds(5));

        assertThat(happened).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void aCrashEndsEverySleep() {
        Future<?> sleeper = threads.submit(() -> {
            clock.beginActivity();
            clock.crash();
            clock.sleep(Duration.ofSeconds(5));
            return "woken";
        });

        assertThatThrownBy(sleeper::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SimulatedCrash.class);
    }
}
