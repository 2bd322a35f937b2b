package org.emrelay.runner.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.emrelay.runner.run.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes Ctrl-C end a run in order: the steps are stopped and the journal is closed before the JVM goes. The JVM itself then exits
 * with 130.
 */
final class Interruption implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final CountDownLatch reported = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What an interruption does; false when it could not be done in time. */
    private interface Stop {
        boolean stop(Duration atMost) throws InterruptedException;
    }

    /** From now on an interruption stops this. */
    void stops(Executor running) {
        stop.set(running::interrupt);
    }

    /** From now on an interruption ends this thread's waiting. */
    void wakes(Thread waiting) {
        stop.set(atMost -> {
            waiting.interrupt();
            return true;
        });
    }

    private void interrupt() {
        Stop now = stop.get();
        if (now == null) {
            return;
        }
        try {
            if (now.stop(PATIENCE)) {
                reported.await();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything about the run has been said. */
    @Override
    public void close() {
        reported.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutdownHasBegun) {
            // Then the hook is what waits for this.
        }
    }
}
