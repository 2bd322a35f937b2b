package org.emrelay.runner.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.emrelay.runner.run.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Handles Ctrl-C in an orderly way: a shutdown hook runs the current reaction and waits until the command has reported. The JVM then exits
 * with 130.
 */
public final class InterruptHooks implements AutoCloseable {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final AtomicReference<@Nullable Reaction> reaction = new AtomicReference<>();
    private final CountDownLatch reported = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interrupt-hook");

    public InterruptHooks() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Reacts to an interrupt; false if the command will not report any more. */
    private interface Reaction {
        boolean run(Duration timeout) throws InterruptedException;
    }

    /** From now on an interrupt stops this executor. */
    public void stop(Executor executor) {
        reaction.set(executor::interrupt);
    }

    /** From now on an interrupt wakes this thread from waiting. */
    public void wake(Thread waiting) {
        reaction.set(timeout -> {
            waiting.interrupt();
            return true;
        });
    }

    /** From now on an interrupt asks the command to end. If it does not within some time, it wakes this thread from waiting. */
    public void end(Runnable request, Thread worker) {
        reaction.set(timeout -> {
            request.run();
            if (!reported.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                worker.interrupt();
            }
            return true;
        });
    }

    /** From now on an interrupt prints a message and ends the process. */
    public void print(Runnable message) {
        reaction.set(timeout -> {
            message.run();
            return false;
        });
    }

    private void interrupt() {
        Reaction current = reaction.get();
        if (current == null) {
            return;
        }
        try {
            if (current.run(STOP_TIMEOUT)) {
                reported.await();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has reported its result. */
    @Override
    public void close() {
        reported.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutdownInProgress) {
            // The hook is waiting for this call.
        }
    }
}
