package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.file.CacheDirectory;
import org.emrelay.runner.platform.python.VirtualEnvironments;

/** Runs steps on this machine: one process per attempt, as many concurrently as cores and memory allow. */
public final class LocalPlatform implements Platform {
    private final LocalWorkspace workspace;
    private final Clock clock;
    private final ProcessTable processes;
    private final AttemptQueue queue;
    private final Dispatcher dispatcher;
    private final AppCdsArchives archives;
    private final StepPythons pythons;

    /**
     * Creates the platform; no process is started before an attempt is submitted or announced.
     *
     * @param environment the environment variables that step processes inherit
     * @param longSteps the steps known to run long
     */
    public LocalPlatform(
            LocalWorkspace workspace,
            SparkRuntime spark,
            LocalResources resources,
            Map<String, String> environment,
            Clock clock,
            Sleeper sleeper,
            Notices notices,
            Set<StepName> longSteps) {
        this(
                workspace,
                spark,
                resources,
                environment,
                clock,
                sleeper,
                System::nanoTime,
                notices,
                longSteps,
                new AppCdsArchives(environment),
                new LogLimit(notices));
    }

    LocalPlatform(
            LocalWorkspace workspace,
            SparkRuntime spark,
            LocalResources resources,
            Map<String, String> environment,
            Clock clock,
            Sleeper sleeper,
            LongSupplier nanoTime,
            Notices notices,
            Set<StepName> longSteps,
            AppCdsArchives archives,
            LogLimit logLimit) {
        this.workspace = workspace;
        this.clock = clock;
        this.archives = archives;
        this.processes = new ProcessTable(workspace.directory());
        this.queue = new AttemptQueue(resources, notices, nanoTime);
        this.pythons = new StepPythons(
                spark,
                environment,
                CacheDirectory.of(environment)
                        .map(cache -> new VirtualEnvironments(cache, clock, sleeper))
                        .orElse(null),
                notices);
        StepStarter starter = new StepStarter(
                workspace.directory(), spark, archives, environment, processes, clock, longSteps, pythons);
        this.dispatcher = new Dispatcher(workspace.directory(), queue, starter, processes, clock, notices, logLimit);
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    /** Finds or creates the interpreters of all Python steps: what is missing fails the run before the first step has cost time. */
    @Override
    public void prepare(RunId run, List<AttemptRequest> next, BooleanSupplier interrupted) throws IOException {
        try {
            pythons.prepare(next, interrupted);
        } catch (CancellationException interruptedByUser) {
            // The run ends as interrupted.
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void submit(RunId run, List<AttemptRequest> requests) {
        queue.add(run, requests);
        dispatcher.wake();
    }

    @Override
    public void prewarm(RunId run, AttemptRequest next) {
        queue.prewarm(run, next);
        dispatcher.wake();
    }

    /** The queue is always up to date. */
    @Override
    public void refresh(RunId run) {
        queue.acknowledgeChanges(run);
    }

    @Override
    public List<AttemptStatus> statuses(RunId run) {
        return queue.statuses(run).stream()
                .map(status -> completed(run, status))
                .toList();
    }

    private AttemptStatus completed(RunId run, AttemptStatus status) {
        AttemptFolder folder = AttemptFolder.of(workspace.directory(), run, status.attempt());
        boolean runs = status.started() != null && !status.hasEnded();
        return status.with(new PlatformStep(
                        null, folder.log(queue.isPython(run, status.attempt())).toString()))
                .with(runs ? folder.taskProgress().orElse(null) : null);
    }

    /** In monotonic time, which stands still while the machine and its steps sleep, and ignores who sets the clock. */
    @Override
    public Duration runningTime(RunId run, AttemptId attempt, Instant started) {
        return queue.runningTime(run, attempt).orElseGet(() -> Duration.between(started, clock.instant()));
    }

    @Override
    public void awaitChange(RunId run, Duration timeout) throws InterruptedException {
        queue.awaitChange(run, timeout);
    }

    @Override
    public void cancel(RunId run, Collection<AttemptId> attempts) {
        queue.cancel(run, attempts, clock.instant());
        dispatcher.wake();
    }

    /** Returns after processes orphaned by dead runners have ended; those that do not end are killed. */
    @Override
    public List<AttemptStatus> attach(RunId run, Collection<AttemptId> submitted) {
        try {
            processes.endOrphans();
            Map<AttemptId, ProcessTable.Entry> running = new HashMap<>();
            for (ProcessTable.Entry entry : processes.entriesOfOtherRunners()) {
                if (entry.run().equals(run)) {
                    running.put(entry.attempt(), entry);
                }
            }
            queue.attach(run, submitted, running, clock.instant());
            return statuses(run);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception.getMessage(), exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            return statuses(run);
        }
    }

    /** The path of an attempt's log. Journals of earlier versions do not have it. */
    public static String logPath(LocalWorkspace workspace, RunId run, AttemptId attempt) {
        return AttemptFolder.of(workspace.directory(), run, attempt).stderr().toString();
    }

    /** Found when the attempt ended, on another thread than the run's. */
    @Override
    public Optional<Diagnosis> diagnose(RunId run, AttemptId attempt) {
        return queue.diagnosis(run, attempt);
    }

    @Override
    public void close() {
        queue.close(clock.instant());
        dispatcher.close();
        archives.close();
    }
}
