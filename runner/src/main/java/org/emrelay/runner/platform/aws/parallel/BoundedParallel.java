package org.emrelay.runner.platform.aws.parallel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;

/** Runs many small I/O tasks on at most 12 threads. One thread per object would be too many for 10,000 objects. */
public final class BoundedParallel {
    private static final int MAX_THREADS = 12;

    /** One task. Queued tasks are skipped after the first failure. */
    public interface IoRunnable {
        void run() throws IOException;
    }

    private BoundedParallel() {}

    /** Runs all tasks. After a failure, waits for the running ones and throws. */
    public static void run(List<? extends IoRunnable> tasks) throws IOException {
        try (ParallelTasks threads = new ParallelTasks(true, MAX_THREADS)) {
            List<Task<Boolean>> started = tasks.stream()
                    .map(task -> threads.run(() -> runUnchecked(task)))
                    .toList();
            threads.awaitAll();
            started.forEach(Task::get);
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        } catch (CompletionException exception) {
            if (exception.getCause() instanceof Error error) {
                throw error;
            }
            throw exception;
        }
    }

    private static void runUnchecked(IoRunnable task) {
        try {
            task.run();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
