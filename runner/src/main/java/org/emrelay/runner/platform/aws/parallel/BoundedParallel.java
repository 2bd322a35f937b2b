package org.emrelay.runner.platform.aws.parallel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

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
            tasks.forEach(task -> threads.run(() -> runUnchecked(task)));
            threads.join();
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
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
