package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.LogLocator;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.Workspace;

/** Runs steps on this machine, each attempt in a process of its own, as many at one time as cores and memory allow. */
public final class LocalPlatform implements Platform {
    private final LocalWorkspace workspace;
    private final Clock clock;
    private final ProcessTable processes;
    private final AttemptQueue queue;
    private final Dispatcher dispatcher;

    /**
     * Makes the platform; nothing is started before something is submitted or expected.
     *
     * @param environment what the steps' processes inherit
     * @param longSteps the steps that are known to run long
     * @param notices hears what a person should know and no step's state tells, a sentence each
     */
    public LocalPlatform(
            LocalWorkspace workspace,
            SparkRuntime spark,
            LocalResources machine,
            Map<String, String> environment,
            Clock clock,
            Consumer<String> notices,
            Set<StepName> longSteps) {
        this(
                workspace,
                spark,
                machine,
                environment,
                clock,
                notices,
                longSteps,
                busy -> new AppCdsArchives(environment, notices, busy));
    }

    /** As above, with archives that are told whom to tell what steps wait for. */
    LocalPlatform(
            LocalWorkspace workspace,
            SparkRuntime spark,
            LocalResources machine,
            Map<String, String> environment,
            Clock clock,
            Consumer<String> notices,
            Set<StepName> longSteps,
            Function<Consumer<String>, CdsProvider> archives) {
        this.workspace = workspace;
        this.clock = clock;
        this.processes = new ProcessTable(workspace.directory());
        this.queue = new AttemptQueue(machine, notices);
        StepStarter starter = new StepStarter(
                workspace.directory(),
                spark,
                archives.apply(queue::preparing),
                environment,
                processes,
                clock,
                longSteps);
        this.dispatcher = new Dispatcher(workspace.directory(), queue, starter, processes, clock);
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public void submit(RunId run, List<AttemptRequest> launches) {
        queue.add(run, launches);
        dispatcher.wake();
    }

    @Override
    public void expect(RunId run, AttemptRequest next) {
        queue.expect(run, next);
        dispatcher.wake();
    }

    @Override
    public List<AttemptStatus> poll(RunId run) {
        return queue.poll(run);
    }

    @Override
    public void awaitChange(RunId run, Duration atMost) throws InterruptedException {
        queue.awaitChange(run, atMost);
    }

    @Override
    public void cancel(RunId run, Collection<AttemptId> attempts) {
        queue.cancel(run, attempts, clock.instant());
        dispatcher.wake();
    }

    /** A process that a dead runner left is waited for, and killed when it does not end, before this returns. */
    @Override
    public List<AttemptStatus> attach(RunId run, Collection<AttemptId> submitted) {
        try {
            processes.endOrphans();
            Map<AttemptId, ProcessTable.Entry> foreign = new HashMap<>();
            for (ProcessTable.Entry entry : processes.ofOtherRunners()) {
                if (entry.run().equals(run)) {
                    foreign.put(entry.attempt(), entry);
                }
            }
            queue.takeUp(run, submitted, foreign, clock.instant());
            return queue.poll(run);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception.getMessage(), exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            return queue.poll(run);
        }
    }

    @Override
    public String log(RunId run, AttemptId attempt) {
        return logs(workspace).log(run, attempt);
    }

    /** Where logs lie, for who only looks: that takes no Spark. */
    public static LogLocator logs(LocalWorkspace workspace) {
        return (run, attempt) ->
                AttemptFolder.of(workspace.directory(), run, attempt).stderr().toString();
    }

    @Override
    public Optional<Diagnosis> diagnose(RunId run, AttemptId attempt) {
        return LogDiagnosis.of(AttemptFolder.of(workspace.directory(), run, attempt));
    }

    @Override
    public void close() {
        queue.close(clock.instant());
        dispatcher.close();
    }
}
