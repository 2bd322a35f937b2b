package org.emrelay.runner.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.LocalClusters;
import org.emrelay.runner.platform.local.LocalPlatform;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.SparkMissingException;
import org.emrelay.runner.platform.local.SparkRuntime;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.platform.local.WorkspaceLockedException;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.run.CorruptRunException;
import org.emrelay.runner.run.Executor;
import org.emrelay.runner.run.FileJournals;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.SelectionException;

/** One command's dealings with a local workspace: its clusters, its runs, and the platform that carries them out. */
final class LocalSession {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int RUNS_REMEMBERED = 5;

    private final CliContext world;
    private final LocalWorkspace workspace;
    private final LocalClusters clusters;
    private final FileJournals journals;
    private final Runs book;

    private LocalSession(CliContext world, LocalWorkspace workspace) {
        this.world = world;
        this.workspace = workspace;
        this.clusters = new LocalClusters(workspace, world.random(), world.clock());
        this.journals = new FileJournals(workspace.directory());
        this.book = new Runs(world, workspace, journals);
    }

    /** Opens the workspace, making it if need be. */
    static LocalSession open(CliContext world, CommonOptions common) throws IOException {
        return new LocalSession(world, LocalWorkspace.open(directory(world, common)));
    }

    /** Opens the workspace for looking at it only; without one there is nothing to look at. */
    static LocalSession openExisting(CliContext world, CommonOptions common) throws IOException {
        Path directory = directory(world, common);
        if (!Files.exists(directory)) {
            throw CommandFailure.usage("There is no workspace " + directory
                    + ": nothing was run from here yet. Another one is named by --workspace DIR.");
        }
        return new LocalSession(world, LocalWorkspace.open(directory));
    }

    private static Path directory(CliContext world, CommonOptions common) {
        Path directory = world.resolve(common.workspace);
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw CommandFailure.usage(
                    "--workspace " + directory + " is a file; a workspace is a directory. Name another one.");
        }
        return directory;
    }

    LocalWorkspace workspace() {
        return workspace;
    }

    LocalClusters clusters() {
        return clusters;
    }

    LocalClusterLookup finder() {
        return new LocalClusterLookup(workspace.directory(), clusters);
    }

    /** The clusters of a workspace that need not be there. */
    static List<LocalCluster> clustersIfAny(CliContext world, CommonOptions common) throws IOException {
        return Files.exists(directory(world, common))
                ? open(world, common).clusters().list()
                : List.of();
    }

    /** Keeps other runners out until it is closed. */
    WorkspaceLock lock(String action) throws IOException {
        try {
            return WorkspaceLock.acquire(workspace, action, world.clock().instant());
        } catch (WorkspaceLockedException held) {
            throw CommandFailure.refused(String.valueOf(held.getMessage()));
        }
    }

    Runs book() {
        return book;
    }

    /** Carries a run out, or goes on with it. */
    RunResult execute(Run run, Selection selection, Progress progress, Interruption interruption)
            throws IOException, SelectionException {
        try (LocalPlatform platform = platform(run, progress)) {
            Executor executor = new Executor(run, platform, journals, world.clock(), progress);
            interruption.stops(executor);
            return executor.execute(selection);
        } finally {
            progress.erase();
        }
    }

    /** What has become of a run so far, also while another process executes it. */
    RunResult look(Run run) throws IOException {
        return RunResult.read(run, journals, workspace, LocalPlatform.logs(workspace));
    }

    private LocalPlatform platform(Run run, Progress progress) throws IOException {
        try {
            SparkRuntime spark = SparkRuntime.find(world.home().resolve("spark"), world.environment());
            return new LocalPlatform(
                    workspace,
                    spark,
                    LocalMachine.now(),
                    world.environment(),
                    world.clock(),
                    progress::say,
                    longSteps(run));
        } catch (SparkMissingException exception) {
            throw CommandFailure.platform(String.valueOf(exception.getMessage()));
        }
    }

    /** The steps that took long when they last ran: only experience tells them from the many that do not. */
    private Set<StepName> longSteps(Run run) throws IOException {
        Map<StepName, Duration> last = new HashMap<>();
        for (Run before : book.before(run, RUNS_REMEMBERED)) {
            try {
                for (StepResult step : look(before).steps()) {
                    if (step.attempts() > 0) {
                        last.putIfAbsent(step.name(), step.elapsed());
                    }
                }
            } catch (CorruptRunException damaged) {
                // An experience less costs time alone.
            }
        }
        last.values().removeIf(elapsed -> elapsed.compareTo(LONG) < 0);
        return last.keySet();
    }
}
