package org.emrelay.runner.service.local;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.local.AttemptLogTail;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.LocalClusters;
import org.emrelay.runner.platform.local.LocalPlatform;
import org.emrelay.runner.platform.local.LocalResources;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.ResourceShare;
import org.emrelay.runner.platform.local.SparkRuntime;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.StepLogsReport;
import org.emrelay.runner.run.Attempt;
import org.emrelay.runner.run.ExecutionPolicy;
import org.emrelay.runner.run.Executor;
import org.emrelay.runner.run.FileJournals;
import org.emrelay.runner.run.NoticeQueue;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Reuse;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunListener;
import org.emrelay.runner.run.RunListeners;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.RunState;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.StepRemover;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterSession;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.InterruptHooks;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.Runs;
import org.jspecify.annotations.Nullable;

/** A session on a local cluster. */
final class LocalClusterSession implements ClusterSession {
    private static final Duration LONG_STEP = Duration.ofSeconds(20);
    private static final Duration FOLLOW_INTERVAL = Duration.ofMillis(300);
    private static final long MEBIBYTE = 1024 * 1024;
    private static final int PERCENT_FOR_STEPS = 70;

    private final Application app;
    private final RunnerContext context;
    private final Progress progress;
    private final LocalClusters clusters;
    private final LocalCluster cluster;
    private final LocalWorkspace workspace;
    private final FileJournals journals;
    private final Runs runs;

    /** The run that this command has added: its inputs were just read. */
    private @Nullable RunId added;

    LocalClusterSession(Application app, LocalSession session, LocalCluster cluster) {
        this.app = app;
        this.context = app.context();
        this.progress = app.progress();
        this.clusters = session.clusters();
        this.cluster = cluster;
        this.workspace = session.workspace();
        this.journals = new FileJournals(workspace.directory());
        this.runs = runs(app, session);
    }

    /** The runs of all clusters of the workspace. */
    static Runs runs(Application app, LocalSession session) {
        LocalWorkspace workspace = session.workspace();
        return new Runs(app.context(), workspace, new FileJournals(workspace.directory()));
    }

    @Override
    public ClusterId id() {
        return cluster.id();
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public Runs runs() {
        return runs;
    }

    @Override
    public Run add(ExecutionPlan plan, @Nullable Reuse reuse) throws IOException {
        new OtherRuns(workspace, journals).requireOwnInputs(plan, null);
        Run run = runs.add(plan, id(), reuse);
        added = run.id();
        return run;
    }

    @Override
    public RunResult execute(
            Run run, Selection selection, InterruptHooks interrupts, ExecutionPolicy policy, RunListener watcher)
            throws IOException {
        ResourceShare share = app.lock().execute(run.id(), run.plan(), machine());
        OtherRuns others = new OtherRuns(workspace, journals);
        others.requireOwnInputs(run.plan(), run.id());
        if (!run.id().equals(added)) {
            LinkedInputs.requireUnchanged(run, RunState.of(run, journals), context.command());
            others.requireNotReading(run);
        }
        if (!share.notice().isEmpty()) {
            progress.notice(share.notice());
        }
        NoticeQueue notices = new NoticeQueue(progress, run.plan());
        try (LocalPlatform platform = platform(run, share.granted(), notices)) {
            RunListener listener = RunListeners.of(progress, watcher);
            Executor executor = new Executor(run, platform, journals, context.clock(), listener, policy, notices);
            interrupts.stop(executor);
            return executor.execute(selection);
        } finally {
            progress.clear();
        }
    }

    /** A platform with all resources of this machine, for steps that are short. */
    static LocalPlatform platform(RunnerContext context, LocalWorkspace workspace, Notices notices) throws IOException {
        return platform(context, workspace, machine(), notices, Set.of());
    }

    private LocalPlatform platform(Run run, LocalResources resources, Notices notices) throws IOException {
        return platform(context, workspace, resources, notices, longSteps(run));
    }

    private static LocalPlatform platform(
            RunnerContext context,
            LocalWorkspace workspace,
            LocalResources resources,
            Notices notices,
            Set<StepName> longSteps)
            throws IOException {
        return new LocalPlatform(
                workspace,
                SparkRuntime.find(context.home().resolve("spark"), context.environment()),
                resources,
                context.environment(),
                context.clock(),
                context.sleeper(),
                notices,
                longSteps);
    }

    /** The resources of this machine for steps: all cores, and most of the memory. */
    private static LocalResources machine() {
        long memory = 4096;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            memory = system.getTotalMemorySize() / MEBIBYTE;
        }
        return new LocalResources(
                Runtime.getRuntime().availableProcessors(), Math.max(512, memory * PERCENT_FOR_STEPS / 100));
    }

    /** The steps that ran long when they last ran; the platform gives their JVM the optimizing compiler. */
    private Set<StepName> longSteps(Run run) throws IOException {
        Map<StepName, Duration> elapsed = new HashMap<>();
        for (RecordedRun earlier : runs.earlier(run)) {
            earlier.state().steps().forEach((name, step) -> {
                if (step.hasRun()) {
                    elapsed.putIfAbsent(name, step.elapsed());
                }
            });
        }
        elapsed.values().removeIf(duration -> duration.compareTo(LONG_STEP) < 0);
        return elapsed.keySet();
    }

    /** Local steps run only while a runner executes them: there is nothing to cancel. */
    @Override
    public StepRemover removal(Run run) {
        return StepRemover.withoutPlatform(run, journals, context.clock());
    }

    @Override
    public RunResult read(Run run) throws IOException {
        return RunResult.read(run, journals, workspace)
                .withMissingLogs(
                        attempt -> new PlatformStep(null, LocalPlatform.logPath(workspace, run.id(), attempt)));
    }

    @Override
    public void followLog(Run run, StepResult step) throws IOException {
        Attempt attempt = step.lastAttempt()
                .orElseThrow(
                        () -> CommandFailure.refused("Step '" + step.name() + "' has no log: it has not started."));
        AttemptLogTail tail = new AttemptLogTail(Path.of(attempt.log()), context.out());
        boolean ended = false;
        while (!ended) {
            // In this order: what was printed before the end is printed too.
            ended = hasEnded(run, attempt);
            tail.print(ended);
            if (!ended) {
                pause();
            }
        }
    }

    /** Also if the runner was killed, and its steps with it. */
    private boolean hasEnded(Run run, Attempt attempt) throws IOException {
        boolean isActive = RunState.of(run, journals).active().contains(attempt.id());
        return !isActive
                || WorkspaceLock.executions(workspace).stream()
                        .noneMatch(execution -> execution.run().equals(run.id()));
    }

    private void pause() {
        try {
            context.sleeper().sleep(FOLLOW_INTERVAL);
        } catch (InterruptedException interrupted) {
            throw new CancellationException("interrupted while following a log");
        }
    }

    @Override
    public StepLogsReport.LogSource logs() {
        return new LogFiles();
    }

    /** Logs in the workspace, complete as soon as they are written. */
    private static final class LogFiles implements StepLogsReport.LogSource {
        @Override
        public boolean print(StepResult step, PrintStream out) throws IOException {
            String log = step.log();
            if (log == null) {
                return false;
            }
            boolean printed = print(Path.of(log).resolveSibling("stdout"), out);
            return print(Path.of(log).resolveSibling("stderr"), out) || printed;
        }

        private static boolean print(Path file, PrintStream out) throws IOException {
            if (!Files.isRegularFile(file)) {
                return false;
            }
            out.println("==> " + file + " <==");
            out.flush();
            Files.copy(file, out);
            out.println();
            return true;
        }
    }

    @Override
    public boolean isUp() {
        return cluster.isActive();
    }

    @Override
    public void endCluster() throws IOException {
        clusters.end(cluster.id());
    }

    @Override
    public void close() {
        // Holds nothing; the workspace stays locked until the command ends.
    }
}
