package org.emrelay.runner.platform.aws.parallel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A task started by {@link ParallelTasks}. */
public final class Task<T> {
    private final CompletableFuture<T> future;

    Task(CompletableFuture<T> future) {
        this.future = future;
    }

    CompletableFuture<T> future() {
        return future;
    }

    void await() {
        try {
            future.join();
        } catch (CompletionException | CancellationException failure) {
            // get() reports it.
        }
    }

    /** Waits for the result, or throws the task's failure. */
    public T get() {
        try {
            return future.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }
}
