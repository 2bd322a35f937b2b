package org.emrelay.jobs.topics.lda;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The threads that fit models. */
public final class FitThreads implements AutoCloseable {
    private final @Nullable ExecutorService threads;

    private FitThreads(@Nullable ExecutorService threads) {
        this.threads = threads;
    }

    public static FitThreads of(int count) {
        return new FitThreads(Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "topic-fit");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /** Runs all tasks in the calling thread, for fits that already run in a task. */
    public static FitThreads none() {
        return new FitThreads(null);
    }

    /** Runs tasks in parallel, and returns their results in the same order. */
    public <T> List<T> awaitAll(Collection<? extends Callable<T>> tasks) {
        List<T> results = new ArrayList<>();
        try {
            if (threads == null) {
                for (Callable<T> task : tasks) {
                    results.add(task.call());
                }
            } else {
                for (Future<T> future : threads.invokeAll(tasks)) {
                    results.add(future.get());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fitting topics", interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("cannot fit topics", failed.getCause());
        } catch (Exception failed) {
            throw new IllegalStateException("cannot fit topics", failed);
        }
        return results;
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
