package org.emrelay.jobs.wordclouds.words;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runs code on a thread with a stack large enough for deep recursion.
 *
 * <p>The tokenizer's regular expression recurses once per Unicode line terminator within a chunk. A garbage title
 * with thousands of them would otherwise kill the executor with a StackOverflowError.
 */
final class DeepStack {
    // This reserves address space only; memory is committed as the stack grows and released when the thread ends.
    private static final long STACK_BYTES = 512L << 20;

    private DeepStack() {}

    static <T> T call(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable completeResult = () -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException | Error failed) {
                result.completeExceptionally(failed);
            }
        };
        Thread thread = new Thread(null, completeResult, "deep stack", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the task was killed");
        }
        return result.join();
    }
}
