package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.emrelay.runner.platform.StepOutcome;

/** Starts attempts when their turn comes, on a thread of its own, for what a start needs can take a while. */
final class Dispatcher {
    private static final String NOT_STARTED = "its process could not be started: ";

    private final Path workspace;
    private final AttemptQueue queue;
    private final StepStarter starter;
    private final ProcessTable processes;
    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Dispatcher::daemon);
    private boolean cleared;

    Dispatcher(Path workspace, AttemptQueue queue, StepStarter starter, ProcessTable processes, Clock clock) {
        this.workspace = workspace;
        this.queue = queue;
        this.starter = starter;
        this.processes = processes;
        this.clock = clock;
    }

    /** To be called whenever something may be able to start. */
    void wake() {
        try {
            thread.execute(this::dispatch);
        } catch (RejectedExecutionException closed) {
            // Then nothing is to start any more.
        }
    }

    private void dispatch() {
        try {
            Optional<LocalAttempt> next = queue.startNext();
            while (next.isPresent()) {
                start(next.get());
                next = queue.startNext();
            }
            makeReady();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(LocalAttempt attempt) throws InterruptedException {
        try {
            clearOnce();
            StepChild child = starter.start(attempt.run(), attempt.launch(), attempt.allotment());
            queue.running(attempt, child, clock.instant());
            // Asynchronously, for the thread that sees processes end has others to see to.
            CompletableFuture<Void> unused = child.exit().thenAcceptAsync(exitCode -> ended(attempt, child, exitCode));
        } catch (FileSystemException exception) {
            // Its message alone would be a mere path.
            failed(attempt, NOT_STARTED + exception);
        } catch (IOException exception) {
            failed(attempt, NOT_STARTED + exception.getMessage());
        } catch (SparkMissingException exception) {
            failed(attempt, String.valueOf(exception.getMessage()));
        } catch (RuntimeException exception) {
            failed(attempt, NOT_STARTED + exception);
        } catch (InterruptedException closing) {
            failed(attempt, "the runner ended before its process was started");
            throw closing;
        }
    }

    /** What a killed runner left may write to the very output of an attempt that is about to start. */
    private void clearOnce() throws IOException, InterruptedException {
        if (!cleared) {
            processes.endOrphans();
            cleared = true;
        }
    }

    private void failed(LocalAttempt attempt, String reason) {
        queue.end(
                attempt,
                cancelled -> cancelled ? new StepOutcome.Cancelled() : new StepOutcome.Failed(reason),
                clock.instant());
    }

    private void ended(LocalAttempt attempt, StepChild child, int exitCode) {
        AttemptFolder folder = AttemptFolder.of(workspace, attempt.run(), attempt.id());
        try {
            folder.removeWork();
            processes.remove(child.handle().pid());
        } catch (IOException leftBehind) {
            // The record stays too, so that the next runner of this workspace clears up.
        } finally {
            queue.end(attempt, cancelled -> ExitCodes.outcome(exitCode, cancelled, folder), clock.instant());
            wake();
        }
    }

    private void makeReady() throws InterruptedException {
        Optional<AttemptQueue.Expected> next = queue.comesNext();
        if (next.isPresent()) {
            try {
                clearOnce();
                starter.makeReady(
                        next.get().run(), next.get().launch(), next.get().allotment());
            } catch (IOException | SparkMissingException | RuntimeException exception) {
                // Nobody has asked for it yet: when somebody does, the start itself fails and says why.
                starter.dismissReady();
            }
        }
    }

    /** Returns when every process has ended. */
    void close() {
        thread.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            while (!awaitEnd()) {
                interrupted = true;
            }
        } finally {
            starter.dismissReady();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean awaitEnd() {
        try {
            if (thread.awaitTermination(1, TimeUnit.MINUTES)) {
                queue.awaitAllEnded();
            }
            return true;
        } catch (InterruptedException again) {
            return false;
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "local-platform");
        thread.setDaemon(true);
        return thread;
    }
}
