package org.emrelay.runner.platform.aws.parallel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does many small pieces of work a few at a time: a thread for each of ten thousand objects would be too many. */
public final class BoundedParallel {
    private static final int LANES = 12;

    private final Queue<Work> waiting;
    private final AtomicBoolean failed = new AtomicBoolean();

    /** One piece; those that wait are left out once one has failed. */
    public interface Work {
        void run() throws IOException;
    }

    private BoundedParallel(List<? extends Work> work) {
        this.waiting = new ConcurrentLinkedQueue<>(work);
    }

    /** Returns when all is done; when something has failed, once nothing is under way any more. */
    public static void run(List<? extends Work> work) throws IOException {
        BoundedParallel lanes = new BoundedParallel(work);
        List<Task<Boolean>> pieces = new ArrayList<>();
        try (ParallelTasks threads = new ParallelTasks(false)) {
            for (int lane = 0; lane < Math.min(LANES, work.size()); lane++) {
                pieces.add(threads.run(lanes::drain));
            }
            threads.settle();
            pieces.forEach(Task::get);
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
        boolean well = false;
        try {
            for (Work work = waiting.poll(); work != null && !failed.get(); work = waiting.poll()) {
                work.run();
            }
            well = true;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } finally {
            if (!well) {
                failed.set(true);
            }
        }
    }
}
