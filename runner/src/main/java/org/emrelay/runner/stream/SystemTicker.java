package org.emrelay.runner.stream;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The ticker of the operating system. */
final class SystemTicker implements Ticker {

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Ticks every(Duration interval, Runnable action) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "stream-ticker");
            thread.setDaemon(true);
            return thread;
        });
        long nanos = interval.toNanos();
        ScheduledFuture<?> calls = executor.scheduleWithFixedDelay(action, nanos, nanos, TimeUnit.NANOSECONDS);
        return () -> {
            calls.cancel(false);
            executor.shutdown();
            awaitEnd(executor);
        };
    }

    private static void awaitEnd(ScheduledExecutorService executor) {
        boolean interrupted = false;
        while (true) {
            try {
                executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException exception) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
