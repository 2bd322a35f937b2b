package org.emrelay.runner.platform.aws.parallel;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Runs pieces of work side by side, each as soon as what it needs is done: no call waits for one that it does not need. */
public final class ParallelTasks implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(ParallelTasks::thread);
    private final ConcurrentLinkedQueue<Task<?>> begun = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private final boolean stopsAtFailure;

    /** @param stopsAtFailure whether nothing further begins once something has failed */
    public ParallelTasks(boolean stopsAtFailure) {
        this.stopsAtFailure = stopsAtFailure;
    }

    /** A thread that keeps no process alive. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "aws");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins at once, or when all that is needed has ended well; when one of those has failed, this is never done. */
    public <T> Task<T> start(Supplier<T> work, Task<?>... needs) {
        CompletableFuture<?>[] before = new CompletableFuture<?>[needs.length];
        for (int i = 0; i < needs.length; i++) {
            before[i] = needs[i].future();
        }
        Task<T> piece = new Task<>(CompletableFuture.allOf(before).thenApplyAsync(done -> run(work), threads));
        begun.add(piece);
        return piece;
    }

    /** The same for what has no result. */
    public Task<Boolean> run(Runnable work, Task<?>... needs) {
        return start(
                () -> {
                    work.run();
                    return Boolean.TRUE;
                },
                needs);
    }

    private <T> T run(Supplier<T> work) {
        if (stopsAtFailure && !failures.isEmpty()) {
            throw new CancellationException("something else has failed");
        }
        try {
            return work.get();
        } catch (RuntimeException failure) {
            failures.add(failure);
            throw failure;
        }
    }

    /** Waits until nothing is under way any more, and tells what has failed, in the order in which it did. */
    public List<RuntimeException> settle() {
        for (Task<?> piece = begun.poll(); piece != null; piece = begun.poll()) {
            piece.await();
        }
        return List.copyOf(failures);
    }

    /** Waits likewise and fails with the first failure, if there is one. */
    public void finish() {
        List<RuntimeException> failed = settle();
        if (!failed.isEmpty()) {
            RuntimeException first = failed.get(0);
            failed.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
            throw first;
        }
    }

    @Override
    public void close() {
        settle();
        threads.shutdown();
    }
}
