package org.emrelay.runner.service.local;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.LocalClusters;
import org.emrelay.runner.platform.local.LocalPlatform;
import org.emrelay.runner.platform.local.LocalResources;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.SparkRuntime;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.run.CorruptRunException;
import org.emrelay.runner.run.Executor;
import org.emrelay.runner.run.FileJournals;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.NoticeQueue;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.InterruptHooks;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.Runs;

/** A command's session on a local workspace: its clusters, its runs and the platform that executes them. */
final class LocalSession {
    private static final Duration LONG_STEP = Duration.ofSeconds(20);
    private static final int RUNS_CONSIDERED = 5;
    private static final long MEBIBYTE = 1024 * 1024;
    private static final int PERCENT_FOR_STEPS = 70;

    private final RunnerContext context;
    private final LocalWorkspace workspace;
    private final LocalClusters clusters;
    private final FileJournals journals;
    private final Runs runs;

    LocalSession(RunnerContext context, LocalWorkspace workspace) {
        this.context = context;
        this.workspace = workspace;
        this.clusters = new LocalClusters(workspace, context.random(), context.clock());
        this.journals = new FileJournals(workspace.directory());
        this.runs = new Runs(context, workspace, journals);
    }

    /** Opens the local workspace, creating it if necessary. */
    static LocalSession open(Application app) throws IOException {
        return new LocalSession(app.context(), LocalWorkspace.open(directory(app)));
    }

    /** Opens the local workspace, which must exist. */
    static LocalSession openExisting(Application app) throws IOException {
        Path directory = directory(app);
        if (!Files.exists(directory)) {
            throw CommandFailure.usage("Workspace " + directory
                    + " does not exist: nothing has run here yet. Use --workspace DIR for another workspace.");
        }
        return open(app);
    }

    /** The local clusters; none where the workspace does not exist. */
    static List<LocalCluster> clusters(Application app) throws IOException {
        return Files.exists(directory(app)) ? open(app).clusters().list() : List.of();
    }

    private static Path directory(Application app) {
        Path workspace = app.workspace();
        if (Files.exists(workspace) && !Files.isDirectory(workspace)) {
            throw CommandFailure.usage(
                    "--workspace " + workspace + " is a file. A workspace is a directory: name another one.");
        }
        return workspace;
    }

    LocalWorkspace workspace() {
        return workspace;
    }

    LocalClusters clusters() {
        return clusters;
    }

    LocalClusterLookup lookup() {
        return new LocalClusterLookup(workspace.directory(), clusters);
    }

    /** Locks the workspace against other runners until closed. */
    WorkspaceLock lock(String action) throws IOException {
        return WorkspaceLock.acquire(workspace, action, context.clock().instant());
    }

    Runs runs() {
        return runs;
    }

    /** Executes a run, or continues it. */
    RunResult execute(Run run, Selection selection, Progress progress, InterruptHooks interrupts) throws IOException {
        NoticeQueue notices = new NoticeQueue(progress);
        try (LocalPlatform platform = platform(run, notices)) {
            Executor executor =
                    new Executor(run, platform, journals, context.clock(), progress, InterruptPolicy.CANCEL, notices);
            interrupts.stop(executor);
            return executor.execute(selection);
        } finally {
            progress.clear();
        }
    }

    /** Reads the state of a run, which another process may be executing. */
    RunResult read(Run run) throws IOException {
        return RunResult.read(run, journals, workspace)
                .withMissingLogs(
                        attempt -> new PlatformStep(null, LocalPlatform.logPath(workspace, run.id(), attempt)));
    }

    private LocalPlatform platform(Run run, Notices notices) throws IOException {
        return new LocalPlatform(
                workspace,
                SparkRuntime.find(context.home().resolve("spark"), context.environment()),
                resources(),
                context.environment(),
                context.clock(),
                notices,
                longSteps(run));
    }

    /** The resources of this machine for steps: all cores, and most of the memory. */
    private static LocalResources resources() {
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
        for (Run earlier : runs.before(run, RUNS_CONSIDERED)) {
            try {
                for (StepResult step : read(earlier).steps()) {
                    if (step.attempts() > 0) {
                        elapsed.putIfAbsent(step.name(), step.elapsed());
                    }
                }
            } catch (CorruptRunException corrupt) {
                // Without this run the step may start with the wrong JIT profile, nothing more.
            }
        }
        elapsed.values().removeIf(duration -> duration.compareTo(LONG_STEP) < 0);
        return elapsed.keySet();
    }
}
