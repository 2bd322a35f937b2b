package org.emrelay.runner.platform.aws.parallel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs many small I/O tasks on at most 12 threads. One thread per object would be too many for 10,000 objects. */
public final class BoundedParallel {
    private static final int MAX_THREADS = 12;

    private final Queue<IoRunnable> queue;
    private final AtomicBoolean failed = new AtomicBoolean();

    /** One task. Queued tasks are skipped after the first failure. */
    public interface IoRunnable {
        void run() throws IOException;
    }

    private BoundedParallel(List<? extends IoRunnable> tasks) {
        this.queue = new ConcurrentLinkedQueue<>(tasks);
    }

    /** Runs all tasks. After a failure, waits for the running ones and throws. */
    public static void run(List<? extends IoRunnable> tasks) throws IOException {
        BoundedParallel parallel = new BoundedParallel(tasks);
        List<Task<Boolean>> running = new ArrayList<>();
        try (ParallelTasks threads = new ParallelTasks(false)) {
            for (int i = 0; i < Math.min(MAX_THREADS, tasks.size()); i++) {
                running.add(threads.run(parallel::drain));
            }
            threads.awaitAll();
            running.forEach(Task::get);
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        } catch (CompletionException exception) {
            if (exception.getCause() instanceof Error error) {
                throw error;
            }
            throw exception;
        }
    }

    private void drain() {
        boolean succeeded = false;
        try {
            for (IoRunnable tasks = queue.poll(); tasks != null && !failed.get(); tasks = queue.poll()) {
                tasks.run();
            }
            succeeded = true;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } finally {
            if (!succeeded) {
                failed.set(true);
            }
        }
    }
}
