package org.sparkpipelines.runner.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sparkpipelines.runner.model.ClusterId;
import org.sparkpipelines.runner.model.RunId;
import org.sparkpipelines.runner.model.StepName;
import org.sparkpipelines.runner.model.Suggestion;
import org.sparkpipelines.runner.plan.ExecutionPlan;
import org.sparkpipelines.runner.platform.local.LocalCluster;
import org.sparkpipelines.runner.platform.local.LocalClusters;
import org.sparkpipelines.runner.platform.local.LocalPlatform;
import org.sparkpipelines.runner.platform.local.LocalWorkspace;
import org.sparkpipelines.runner.platform.local.SparkMissingException;
import org.sparkpipelines.runner.platform.local.SparkRuntime;
import org.sparkpipelines.runner.platform.local.WorkspaceHeldException;
import org.sparkpipelines.runner.platform.local.WorkspaceLock;
import org.sparkpipelines.runner.report.Progress;
import org.sparkpipelines.runner.run.DamagedRunException;
import org.sparkpipelines.runner.run.Executor;
import org.sparkpipelines.runner.run.FileJournals;
import org.sparkpipelines.runner.run.Run;
import org.sparkpipelines.runner.run.RunNames;
import org.sparkpipelines.runner.run.RunResult;
import org.sparkpipelines.runner.run.RunResult.StepResult;
import org.sparkpipelines.runner.run.RunStore;
import org.sparkpipelines.runner.run.Selection;
import org.sparkpipelines.runner.run.SelectionException;
import org.sparkpipelines.runner.run.StepRemoval;

/** One command's dealings with a local workspace: its clusters, its runs, and the platform that carries them out. */
final class LocalSession {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int RUNS_REMEMBERED = 5;

    static final String EMR_NOT_YET =
            "Steps on EMR are not part of this version yet: clusters there are made and taken down, and validate and plan take -t emr; steps run on this machine (-t local).";

    private final World world;
    private final LocalWorkspace workspace;
    private final LocalClusters clusters;
    private final RunStore runs;
    private final FileJournals journals;

    private LocalSession(World world, LocalWorkspace workspace) {
        this.world = world;
        this.workspace = workspace;
        this.clusters = new LocalClusters(workspace, world.random(), world.clock());
        this.runs = new RunStore(workspace);
        this.journals = new FileJournals(workspace.directory());
    }

    /** Opens the workspace, making it if need be. */
    static LocalSession open(World world, CommonOptions common) throws IOException {
        return new LocalSession(world, LocalWorkspace.open(directory(world, common)));
    }

    /** Opens the workspace for looking at it only; without one there is nothing to look at. */
    static LocalSession openExisting(World world, CommonOptions common) throws IOException {
        Path directory = directory(world, common);
        if (!Files.exists(directory)) {
            throw CommandFailure.usage("There is no workspace " + directory
                    + ": nothing was run from here yet. Another one is named by --workspace DIR.");
        }
        return new LocalSession(world, LocalWorkspace.open(directory));
    }

    private static Path directory(World world, CommonOptions common) {
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

    ClusterFinder finder() {
        return new ClusterFinder(workspace.directory(), clusters);
    }

    /** The clusters of a workspace that need not be there. */
    static List<LocalCluster> clustersIfAny(World world, CommonOptions common) throws IOException {
        return Files.exists(directory(world, common))
                ? open(world, common).clusters().list()
                : List.of();
    }

    /** Keeps other runners out until it is closed. */
    WorkspaceLock lock(String action) throws IOException {
        try {
            return WorkspaceLock.acquire(workspace, action, world.clock().instant());
        } catch (WorkspaceHeldException held) {
            throw CommandFailure.refused(String.valueOf(held.getMessage()));
        }
    }

    /** The cluster's run: the one that is named, else its newest. */
    Run run(LocalCluster cluster, @Nullable String id) throws IOException {
        if (id != null) {
            return named(cluster, runId(id));
        }
        return runs.newest(cluster.id())
                .orElseThrow(() -> CommandFailure.refused("The cluster " + cluster.id()
                        + " has no run yet. Begin one with -a add_steps -steps steps.json -idc " + cluster.id() + "."));
    }

    private Run named(LocalCluster cluster, RunId id) throws IOException {
        if (!runs.list().contains(id)) {
            List<String> known = runs(cluster, damage -> {}).stream()
                    .map(run -> run.id().value())
                    .toList();
            String near = Suggestion.sentence(id.value(), known);
            throw CommandFailure.usage("The cluster " + cluster.id() + " has no run " + id + "."
                    + (known.isEmpty() ? "" : " Its runs: " + String.join(", ", known) + ".")
                    + (near.isEmpty() ? "" : " " + near));
        }
        Run run = runs.load(id);
        if (!run.cluster().equals(cluster.id())) {
            throw CommandFailure.usage(
                    "The run " + id + " is of the cluster " + run.cluster() + ": name that one with -idc.");
        }
        return run;
    }

    /**
     * The cluster's runs, the newest first.
     *
     * @param damage is told of each that cannot be read, for it may be one of them
     */
    List<Run> runs(LocalCluster cluster, Consumer<DamagedRunException> damage) throws IOException {
        List<Run> found = new ArrayList<>();
        for (RunId id : runs.list()) {
            try {
                Run run = runs.load(id);
                if (run.cluster().equals(cluster.id())) {
                    found.add(run);
                }
            } catch (DamagedRunException exception) {
                damage.accept(exception);
            }
        }
        return found;
    }

    private static RunId runId(String written) {
        if (!RunId.isUsable(written)) {
            throw CommandFailure.usage("'" + written + "' is no run's id: they look like 20261121-034512-ab3f.");
        }
        return new RunId(written);
    }

    /** The run whose results may be used: the named one, or the pipeline's newest for an empty name. */
    Optional<Run> resumable(String pipeline, String id) throws IOException {
        return id.isEmpty() ? runs.newest(pipeline) : Optional.of(runs.load(runId(id)));
    }

    /** Begins a run: what its steps need is uploaded, and its plan written down. */
    Run add(ExecutionPlan plan, ClusterId cluster, @Nullable Run resumedFrom) throws IOException {
        Instant now = world.clock().instant();
        RunId newest = runs.list().stream().findFirst().orElse(null);
        Run run = new Run(
                RunNames.next(now, world.random(), newest),
                cluster,
                plan,
                resumedFrom == null ? null : resumedFrom.id(),
                now);
        runs.add(run);
        return run;
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

    /** What it would mean to take these steps out of a run, or all that have not started when none is named. */
    StepRemoval removal(Run run, Set<StepName> steps) throws IOException {
        return StepRemoval.of(run, journals, steps);
    }

    void remove(Run run, StepRemoval removal) throws IOException {
        removal.carryOut(run, journals, world.clock().instant());
    }

    private LocalPlatform platform(Run run, Progress progress) throws IOException {
        try {
            SparkRuntime spark = SparkRuntime.find(world.home().resolve("spark"), world.environment());
            return new LocalPlatform(
                    workspace,
                    spark,
                    MachineSize.now(),
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
        for (Run before : runs.before(run, RUNS_REMEMBERED)) {
            try {
                for (StepResult step : look(before).steps()) {
                    if (step.attempts() > 0) {
                        last.putIfAbsent(step.name(), step.elapsed());
                    }
                }
            } catch (DamagedRunException damaged) {
                // An experience less costs time alone.
            }
        }
        last.values().removeIf(elapsed -> elapsed.compareTo(LONG) < 0);
        return last.keySet();
    }
}
