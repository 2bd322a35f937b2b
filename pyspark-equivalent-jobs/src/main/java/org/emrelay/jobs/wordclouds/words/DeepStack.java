package org.emrelay.jobs.wordclouds.words;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A thread with room for deep recursion: the tokenizer's pattern goes one deeper at every end of a line, in Unicode's sense,
 * within a chunk, and thousands of them, in one title of garbage, would end the executor.
 */
final class DeepStack {
    // Address space; memory is taken as the stack grows, and given back at the end.
    private static final long BYTES = 512L << 20;

    private DeepStack() {}

    static <T> T call(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable run = () -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error failed) {
                result.completeExceptionally(failed);
            }
        };
        Thread thread = new Thread(null, run, "deep stack", BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the task was killed");
        }
        return result.join();
    }
}
