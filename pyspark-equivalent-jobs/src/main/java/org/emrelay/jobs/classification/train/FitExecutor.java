package org.emrelay.jobs.classification.train;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs several fits in parallel: on small data a single fit leaves most cores idle. */
final class FitExecutor implements AutoCloseable {
    private final ExecutorService threads;

    FitExecutor(int parallelism) {
        threads = Executors.newFixedThreadPool(parallelism, task -> {
            Thread thread = new Thread(task, "model-fit");
            thread.setDaemon(true);
            return thread;
        });
    }

    <T> Future<T> submit(Callable<T> fit) {
        return threads.submit(fit);
    }

    /** Awaits a fit and rethrows its exception unwrapped. */
    static <T> T await(Future<T> fit) {
        try {
            return fit.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fitting models", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot fit a model", failed.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
