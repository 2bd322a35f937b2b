package org.emrelay.runner.platform.aws.parallel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One piece of work that is done side by side with others. */
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
        } catch (CompletionException | CancellationException failed) {
            // Whoever needs the result hears of it.
        }
    }

    /** What came of it, or its failure. */
    public T get() {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
