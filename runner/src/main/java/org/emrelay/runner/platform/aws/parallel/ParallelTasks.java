package org.emrelay.runner.platform.aws.parallel;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Runs tasks in parallel, each as soon as its dependencies are done. */
public final class ParallelTasks implements AutoCloseable {
    private final ExecutorService threads;
    private final ConcurrentLinkedQueue<Task<?>> started = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final boolean failFast;

    /** A started task. */
    public static final class Task<T> {
        private final CompletableFuture<T> future;

        private Task(CompletableFuture<T> future) {
            this.future = future;
        }

        private void await() {
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

    /** @param failFast whether to start no further task after a failure */
    public ParallelTasks(boolean failFast) {
        this(failFast, Executors.newCachedThreadPool(ParallelTasks::thread));
    }

    ParallelTasks(boolean failFast, int maxThreads) {
        this(failFast, Executors.newFixedThreadPool(maxThreads, ParallelTasks::thread));
    }

    private ParallelTasks(boolean failFast, ExecutorService threads) {
        this.failFast = failFast;
        this.threads = threads;
    }

    /** Daemon threads do not keep the JVM alive. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "aws");
        thread.setDaemon(true);
        return thread;
    }

    /** Starts a task once all its dependencies have succeeded. If one fails, the task never runs. */
    public <T> Task<T> start(Supplier<T> work, Task<?>... dependencies) {
        CompletableFuture<?>[] futures = new CompletableFuture<?>[dependencies.length];
        for (int i = 0; i < dependencies.length; i++) {
            futures[i] = dependencies[i].future;
        }
        Task<T> task = new Task<>(CompletableFuture.allOf(futures).thenApplyAsync(done -> run(work), threads));
        started.add(task);
        return task;
    }

    /** Starts a task without a result, as {@link #start} does. */
    public Task<Boolean> run(Runnable work, Task<?>... dependencies) {
        return start(
                () -> {
                    work.run();
                    return Boolean.TRUE;
                },
                dependencies);
    }

    private <T> T run(Supplier<T> work) {
        if (failFast && !failures.isEmpty()) {
            throw new CancellationException("another task failed");
        }
        try {
            return work.get();
        } catch (RuntimeException | Error failure) {
            failures.add(failure);
            throw failure;
        }
    }

    /** Waits for all tasks and returns their failures in the order of occurrence. */
    public List<Throwable> awaitAll() {
        for (Task<?> task = started.poll(); task != null; task = started.poll()) {
            task.await();
        }
        return List.copyOf(failures);
    }

    /** Waits for all tasks and throws the first failure, with the others suppressed. */
    public void join() {
        List<Throwable> occurred = awaitAll();
        if (occurred.isEmpty()) {
            return;
        }
        Throwable first = occurred.get(0);
        occurred.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) first;
    }

    @Override
    public void close() {
        awaitAll();
        threads.shutdown();
    }
}
