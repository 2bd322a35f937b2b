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
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.SecretMask;
import org.emrelay.runner.platform.StepOutcome;

/** Starts queued attempts on its own thread, because starting a process can take a while. */
final class Dispatcher {
    private static final String NOT_STARTED = "could not start its process: ";

    private final Path workspace;
    private final AttemptQueue queue;
    private final StepStarter starter;
    private final ProcessTable processes;
    private final Clock clock;
    private final Notices notices;
    private final LogLimit logLimit;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Dispatcher::daemon);
    /** Searches the logs of failed attempts, which takes a while if they are long. */
    private final ExecutorService endings = Executors.newCachedThreadPool(Dispatcher::daemon);

    private boolean orphansKilled;

    Dispatcher(
            Path workspace,
            AttemptQueue queue,
            StepStarter starter,
            ProcessTable processes,
            Clock clock,
            Notices notices,
            LogLimit logLimit) {
        this.workspace = workspace;
        this.queue = queue;
        this.starter = starter;
        this.processes = processes;
        this.clock = clock;
        this.notices = notices;
        this.logLimit = logLimit;
    }

    /** Call whenever an attempt may be able to start. */
    void wake() {
        try {
            thread.execute(this::dispatch);
        } catch (RejectedExecutionException closed) {
            // Closed: nothing starts any more.
        }
    }

    private void dispatch() {
        try {
            Optional<LocalAttempt> next = queue.startNext();
            while (next.isPresent()) {
                start(next.get());
                next = queue.startNext();
            }
            prewarm();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(LocalAttempt attempt) throws InterruptedException {
        try {
            killOrphansOnce();
            StepChild child = starter.start(attempt.run(), attempt.request(), attempt.allocation());
            LogLimit.Watch log =
                    logLimit.watch(attempt.id().step(), AttemptFolder.of(workspace, attempt.run(), attempt.id()));
            queue.running(attempt, child, clock.instant());
            // Asynchronously: the JDK's process reaper thread must not be blocked.
            CompletableFuture<Void> unused =
                    child.exit().thenAcceptAsync(exitCode -> ended(attempt, child, log, exitCode), endings);
        } catch (SparkMissingException exception) {
            failed(attempt, exception.message());
        } catch (FileSystemException | RuntimeException exception) {
            // The message of a FileSystemException may be only a path.
            failed(attempt, NOT_STARTED + exception);
        } catch (IOException exception) {
            failed(attempt, NOT_STARTED + exception.getMessage());
        } catch (InterruptedException closing) {
            failed(attempt, "the runner ended before it started the process");
            throw closing;
        }
    }

    /** A process orphaned by a killed runner may still write to the output of an attempt that is about to start. */
    private void killOrphansOnce() throws IOException, InterruptedException {
        if (!orphansKilled) {
            processes.endOrphans();
            orphansKilled = true;
        }
    }

    private void failed(LocalAttempt attempt, String reason) {
        queue.end(
                attempt,
                cancelled -> cancelled ? new StepOutcome.Cancelled() : new StepOutcome.Failed(reason),
                Optional.empty(),
                clock.instant());
    }

    private void ended(LocalAttempt attempt, StepChild child, LogLimit.Watch log, int exitCode) {
        AttemptFolder folder = AttemptFolder.of(workspace, attempt.run(), attempt.id());
        boolean clusterMode =
                attempt.request().sparkSubmit().settings().get(SparkOption.DEPLOY_MODE) == DeployMode.CLUSTER;
        Optional<Diagnosis> diagnosis = Optional.empty();
        try {
            for (ProcessHandle detached : new StepProcesses(folder.directory()).killRest()) {
                notices.warn(leftBehind(attempt, detached));
            }
            log.end();
            folder.removeWork();
            processes.remove(child.handle().pid());
            if (!(ExitCodes.outcome(exitCode, false, clusterMode, folder) instanceof StepOutcome.Succeeded)) {
                SparkSubmit program = attempt.request().sparkSubmit();
                diagnosis = LogDiagnosis.of(folder, program.isPython(), SecretMask.of(program)::mask);
            }
        } catch (IOException leftover) {
            // The process record is kept too, so the next runner of this workspace cleans up.
        } finally {
            queue.end(
                    attempt,
                    cancelled -> ExitCodes.outcome(exitCode, cancelled, clusterMode, folder),
                    diagnosis,
                    clock.instant());
            wake();
        }
    }

    private static String leftBehind(LocalAttempt attempt, ProcessHandle detached) {
        return "Step '" + attempt.id().step() + "' left process " + detached.pid()
                + detached.info().command().map(command -> " (" + command + ")").orElse("")
                + " running, which detached itself. If it is not needed, end it with kill " + detached.pid() + ".";
    }

    private void prewarm() throws InterruptedException {
        Optional<AttemptQueue.PrewarmRequest> next = queue.nextToPrewarm();
        if (next.isPresent()) {
            try {
                killOrphansOnce();
                starter.prewarm(
                        next.get().run(), next.get().request(), next.get().allocation());
            } catch (IOException | RuntimeException exception) {
                // Not submitted yet. If it is, starting it fails and reports the reason.
                starter.discardPrewarmed();
            }
        }
    }

    /** Returns when all processes have ended. */
    void close() {
        thread.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            while (!awaitEnd()) {
                interrupted = true;
            }
        } finally {
            starter.discardPrewarmed();
            endings.shutdown();
            logLimit.close();
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
