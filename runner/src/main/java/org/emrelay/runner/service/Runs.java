package org.emrelay.runner.service;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.Output.AtUri;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.report.overview.Overviews;
import org.emrelay.runner.report.overview.RunOverview;
import org.emrelay.runner.run.CorruptRunException;
import org.emrelay.runner.run.Journals;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Reuse;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunDigests;
import org.emrelay.runner.run.RunIdGenerator;
import org.emrelay.runner.run.RunPreview;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunState;
import org.emrelay.runner.run.RunStore;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.SelectionException;
import org.jspecify.annotations.Nullable;

/** The runs recorded in a workspace, looked up the way the command line names them. */
public final class Runs {
    /** With which a run is compared, and from which it is forecast. */
    private static final int RUNS_COMPARED = 10;

    private final RunnerContext context;
    private final Workspace workspace;
    private final RunStore runs;
    private final Journals journals;
    private final @Nullable ClusterId provisionalId;
    private final Map<RunId, List<RecordedRun>> earlier = new HashMap<>();

    public Runs(RunnerContext context, Workspace workspace, Journals journals) {
        this(context, workspace, journals, null, null);
    }

    /**
     * @param digests null for a workspace to which only this machine's user can write
     * @param provisionalId under which a run was added before the cluster had an id; null for none
     */
    public Runs(
            RunnerContext context,
            Workspace workspace,
            Journals journals,
            @Nullable RunDigests digests,
            @Nullable ClusterId provisionalId) {
        this.context = context;
        this.workspace = workspace;
        this.runs = new RunStore(workspace, digests);
        this.journals = journals;
        this.provisionalId = provisionalId;
    }

    private Set<ClusterId> ids(ClusterId cluster) {
        return provisionalId == null ? Set.of(cluster) : Set.of(cluster, provisionalId);
    }

    /**
     * Finds a run of the cluster, to change it.
     *
     * @param id null for the newest run, which must be readable
     */
    public Run run(ClusterId cluster, @Nullable String id) throws IOException {
        if (id != null) {
            return named(cluster, runId(id));
        }
        return runs.findNewest(run -> ids(cluster).contains(run.cluster())).orElseThrow(() -> noRun(cluster));
    }

    /**
     * Finds a run of the cluster, to show it.
     *
     * @param id null for the newest run that is readable; warns of newer ones
     */
    public Run readableRun(ClusterId cluster, @Nullable String id) throws IOException {
        return id != null
                ? named(cluster, runId(id))
                : newestReadable(run -> ids(cluster).contains(run.cluster())).orElseThrow(() -> noRun(cluster));
    }

    /**
     * Finds a run of any cluster; empty if there is none that can be read.
     *
     * @param id null for the newest run
     */
    public Optional<Run> find(@Nullable String id) throws IOException {
        for (RunId run : id == null ? runs.ids() : List.of(runId(id))) {
            Optional<Run> found = runs.findReadable(run);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private CommandFailure noRun(ClusterId cluster) {
        return CommandFailure.refused("Cluster " + cluster
                + " has no run yet. Add one: "
                + context.command().action("add_steps", "-steps", "steps.json", "-idc", cluster.value()));
    }

    /** If only damaged runs match, reports the newest of them. */
    private Optional<Run> newestReadable(Predicate<Run> filter) throws IOException {
        List<CorruptRunException> damaged = new ArrayList<>();
        for (RunId id : runs.ids()) {
            try {
                Optional<Run> run = runs.find(id).filter(filter);
                if (run.isPresent()) {
                    RunState.of(run.get(), journals);
                    damaged.forEach(
                            each -> context.err().println("warning: skipped a damaged run. " + each.getMessage()));
                    return run;
                }
            } catch (CorruptRunException exception) {
                damaged.add(exception);
            }
        }
        if (!damaged.isEmpty()) {
            throw damaged.get(0);
        }
        return Optional.empty();
    }

    private Run named(ClusterId cluster, RunId id) throws IOException {
        Run run = runs.find(id).orElse(null);
        if (run == null) {
            List<String> known = runs(cluster, unreadable -> {}).stream()
                    .map(each -> each.id().value())
                    .toList();
            String suggestion = Suggestion.didYouMean(id.value(), known);
            throw CommandFailure.usage("Cluster " + cluster + " has no run " + id + "."
                    + (known.isEmpty() ? "" : " Its runs: " + String.join(", ", known) + ".")
                    + (suggestion.isEmpty() ? "" : " " + suggestion));
        }
        if (!ids(cluster).contains(run.cluster())) {
            throw CommandFailure.usage("Run " + id + " belongs to cluster " + run.cluster() + ": select it with -idc.");
        }
        return run;
    }

    /**
     * The cluster's runs, newest first.
     *
     * @param corrupt receives each run that cannot be read; it may belong to the cluster
     */
    public List<Run> runs(ClusterId cluster, Consumer<CorruptRunException> corrupt) throws IOException {
        List<Run> found = new ArrayList<>();
        for (RunId id : runs.ids()) {
            try {
                runs.find(id)
                        .filter(run -> ids(cluster).contains(run.cluster()))
                        .ifPresent(found::add);
            } catch (CorruptRunException exception) {
                corrupt.accept(exception);
            }
        }
        return found;
    }

    public static RunId runId(String argument) {
        if (!RunId.isValid(argument)) {
            throw CommandFailure.usage("'" + argument + "' is not a valid run id, such as 20261121-034512-ab3f.");
        }
        return new RunId(argument);
    }

    /** The earlier results that may be reused: of one run, or for an empty id of all runs; empty if there is no run. */
    Optional<Reuse> reusable(String id) throws IOException {
        return id.isEmpty()
                ? newestReadable(run -> true).map(run -> new Reuse.OfAllRuns())
                : Optional.of(new Reuse.OfRun(runs.load(runId(id)).id()));
    }

    /**
     * What a new run would do with each step. Records nothing.
     *
     * @throws SelectionException when the selected steps cannot run
     */
    public RunPreview preview(ExecutionPlan plan, Selection selection, @Nullable Reuse reuse) throws IOException {
        return RunPreview.of(plan, selection, reuse, journals, workspace);
    }

    /** Adds a run: uploads what its steps need, and records its plan. */
    public Run add(ExecutionPlan plan, ClusterId cluster, @Nullable Reuse reuse) throws IOException {
        Instant now = context.clock().instant();
        RunId newest = runs.ids().stream().findFirst().orElse(null);
        RunId id = RunIdGenerator.next(now, context.random(), newest);
        Run run = new Run(id, cluster, plan.forRun(id), reuse, now, RunOrigin.of(context));
        runs.add(run);
        return run;
    }

    /**
     * Refuses to execute a run that deletes data of others, unless this machine added it: anyone who can write to the workspace can
     * have added or changed it, and the deletion has the rights of this machine's user.
     */
    void requireTrusted(Run run) throws IOException {
        for (PlannedStep step : run.plan().steps()) {
            if (step.runs()
                    && step.output().overwrite() == Overwrite.ANY
                    && step.output().destination() instanceof AtUri at
                    && !at.uri().startsWith(workspace.uri(""))
                    && !runs.isFromThisMachine(run.id())) {
                throw CommandFailure.refused("Step '" + step.name() + "' of run " + run.id() + " deletes everything at "
                        + at.uri() + " (\"overwrite\": \"any\"), and the run was not added on this machine with this"
                        + " workspace. Execute it where it was added, set \"overwrite\": true, or add the steps here: "
                        + context.command()
                                .action("add_steps", "-idc", run.cluster().value()));
            }
        }
    }

    /** Replaces the provisional cluster id of a run that was submitted with its cluster. */
    public Run moved(Run run, ClusterId cluster) throws IOException {
        Run moved = run.withCluster(cluster);
        runs.update(moved);
        return moved;
    }

    /** The last ten runs of the same pipeline before this one, as far as they can be read, newest first. */
    public List<RecordedRun> earlier(Run run) throws IOException {
        List<RecordedRun> found = earlier.get(run.id());
        if (found == null) {
            found = recorded(runs.newest(run.plan().pipeline(), run.id(), RUNS_COMPARED));
            earlier.put(run.id(), found);
        }
        return found;
    }

    /** The last ten runs of a pipeline, as far as they can be read, newest first. */
    public List<RecordedRun> newest(String pipeline) throws IOException {
        return recorded(runs.newest(pipeline, null, RUNS_COMPARED));
    }

    private List<RecordedRun> recorded(List<Run> wanted) throws IOException {
        Map<RunId, RecordedRun> found = new ConcurrentHashMap<>();
        workspace.inParallel(wanted.stream()
                .<Workspace.IoTask>map(run -> () -> {
                    try {
                        found.put(run.id(), RecordedRun.read(run, journals));
                    } catch (CorruptRunException unreadable) {
                        // The others can still be compared.
                    }
                })
                .toList());
        return wanted.stream()
                .map(run -> found.get(run.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * What a run did, as its journal tells.
     *
     * @param result of the run
     */
    public RunOverview overview(Run run, RunResult result) throws IOException {
        return Overviews.of(
                RecordedRun.read(run, journals),
                result,
                false,
                earlier(run),
                context.clock().instant());
    }
}
