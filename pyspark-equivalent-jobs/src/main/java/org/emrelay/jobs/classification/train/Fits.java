package org.emrelay.jobs.classification.train;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Some fits at once: on small data each leaves most of the cores idle. */
final class Fits implements AutoCloseable {
    private final ExecutorService threads;

    Fits(int atOnce) {
        threads = Executors.newFixedThreadPool(atOnce, work -> {
            Thread thread = new Thread(work, "fits");
            thread.setDaemon(true);
            return thread;
        });
    }

    <T> Future<T> start(Callable<T> fit) {
        return threads.submit(fit);
    }

    /** What a fit has come to; what it threw is thrown as it was. */
    static <T> T result(Future<T> fit) {
        try {
            return fit.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while models were fitted", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException("a model could not be fitted", failed.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
