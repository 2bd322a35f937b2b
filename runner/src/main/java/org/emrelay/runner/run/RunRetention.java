package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.Fingerprint;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * Decides which outputs of old runs are kept: those that a later run can reuse.
 *
 * @param keep how many runs of each pipeline, the newest ones, are not old
 * @param olderThan runs that were created since are not old; null for no limit
 * @param outdated whether outputs are unneeded that only earlier versions of the steps, or other parameters, can reuse
 */
public record RunRetention(int keep, @Nullable Instant olderThan, boolean outdated) {

    /**
     * A run whose logs are not needed, and the steps whose outputs are not.
     *
     * @param steps only those that write to the run's own directory
     * @param neededFolders the URIs of folders that must stay, because outputs that stay refer to them; also those of other runs
     */
    public record OldRun(Run run, List<StepName> steps, Set<String> neededFolders) {
        public OldRun {
            Objects.requireNonNull(run, "run");
            steps = List.copyOf(steps);
            neededFolders = Set.copyOf(neededFolders);
        }
    }

    /** What makes a result reusable: any run's step of this name and fingerprint takes it. */
    private record ResultKey(StepName step, Fingerprint fingerprint) {}

    /** A run with the results of its finished steps. */
    private record Recorded(Run run, RunUris uris, Map<StepName, EarlierResult> results) {}

    public RunRetention {
        if (keep < 1) {
            throw new IllegalArgumentException("keep " + keep);
        }
    }

    /**
     * The old runs, newest first, without those that cannot be read.
     *
     * @param executed the runs that are executed now
     */
    public List<OldRun> find(Set<RunId> executed, Journals journals, Workspace workspace) throws IOException {
        List<Run> all = new RunStore(workspace).runsBefore(null);
        List<Recorded> runs = read(all, journals, workspace);
        Set<RunId> kept = kept(runs, executed);
        Set<String> needed = needed(runs, kept, workspace);
        Map<RunId, List<StepName>> unneeded = new HashMap<>();
        for (Recorded recorded : runs) {
            if (!kept.contains(recorded.run().id())) {
                unneeded.put(
                        recorded.run().id(),
                        recorded.run().plan().steps().stream()
                                .filter(step -> isUnneeded(step, recorded.run(), needed, workspace))
                                .map(PlannedStep::name)
                                .toList());
            }
        }
        Set<String> folders = neededFolders(all, unneeded, workspace);
        return runs.stream()
                .map(Recorded::run)
                .filter(run -> !kept.contains(run.id()))
                .map(run -> new OldRun(run, unneeded.getOrDefault(run.id(), List.of()), folders))
                .toList();
    }

    /** The folders that outputs refer to which stay, in runs that cannot be read too. */
    private static Set<String> neededFolders(List<Run> runs, Map<RunId, List<StepName>> unneeded, Workspace workspace)
            throws IOException {
        Set<String> folders = ConcurrentHashMap.newKeySet();
        List<Workspace.IoTask> tasks = new ArrayList<>();
        for (Run run : runs) {
            List<StepName> deleted = unneeded.getOrDefault(run.id(), List.of());
            for (PlannedStep step : run.plan().steps()) {
                String uri = RunUris.ownOutput(run, step, workspace);
                if (!deleted.contains(step.name())) {
                    tasks.add(() -> folders.addAll(workspace.references(uri)));
                }
            }
        }
        workspace.inParallel(tasks);
        return folders;
    }

    private static boolean isUnneeded(PlannedStep step, Run run, Set<String> needed, Workspace workspace) {
        return step.runs()
                && step.output().destination() instanceof Output.Automatic
                && !needed.contains(RunUris.ownOutput(run, step, workspace));
    }

    private static List<Recorded> read(List<Run> runs, Journals journals, Workspace workspace) throws IOException {
        Map<RunId, Recorded> read = new ConcurrentHashMap<>();
        workspace.inParallel(runs.stream()
                .<Workspace.IoTask>map(run -> () -> {
                    try {
                        read.put(run.id(), read(run, RunState.of(run, journals), workspace));
                    } catch (CorruptRunException damaged) {
                        // Who knows what it holds: it is neither old nor reusable.
                    }
                })
                .toList());
        return runs.stream()
                .map(run -> read.get(run.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Recorded read(Run run, RunState state, Workspace workspace) throws IOException {
        RunResults results = new RunResults(run, state, workspace);
        Map<StepName, EarlierResult> finished = new HashMap<>();
        for (PlannedStep step : run.plan().steps()) {
            if (results.hasFinished(step.name())) {
                finished.put(step.name(), results.checked(step.name()));
            }
        }
        return new Recorded(run, new RunUris(run, state, workspace), finished);
    }

    private Set<RunId> kept(List<Recorded> runs, Set<RunId> executed) {
        Set<RunId> kept = new HashSet<>(executed);
        Map<String, Integer> newest = new HashMap<>();
        for (Recorded recorded : runs) {
            Run run = recorded.run();
            int rank = newest.merge(run.plan().pipeline(), 1, Integer::sum);
            if (rank <= keep || (olderThan != null && !run.created().isBefore(olderThan))) {
                kept.add(run.id());
            }
            if (executed.contains(run.id()) && run.reuse() instanceof Reuse.OfRun source) {
                kept.add(source.run());
            }
        }
        return kept;
    }

    /** The URIs of outputs that must stay. */
    private Set<String> needed(List<Recorded> runs, Set<RunId> kept, Workspace workspace) throws IOException {
        Set<String> needed = new HashSet<>();
        Set<ResultKey> reusable = new HashSet<>();
        for (Recorded recorded : runs) {
            for (PlannedStep step : recorded.run().plan().steps()) {
                if (kept.contains(recorded.run().id())) {
                    needed.add(recorded.uris().outputUri(step.name()));
                }
                if (!outdated || kept.contains(recorded.run().id())) {
                    reusable.add(new ResultKey(step.name(), step.fingerprint()));
                }
            }
        }
        Set<String> lent = new HashSet<>();
        for (Recorded recorded : runs) {
            for (Map.Entry<StepName, EarlierResult> each : recorded.results().entrySet()) {
                StepName step = each.getKey();
                EarlierResult result = each.getValue();
                boolean isNewestUsable =
                        result.isUsable() && lent.add(recorded.run().plan().pipeline() + "/" + step);
                boolean isNewestReusable = result.isUsable()
                        && result.staleReason().isEmpty()
                        && reusable.remove(new ResultKey(step, result.fingerprint()));
                // What was changed since may be the user's work.
                boolean isEdited = result.changed() && !workspace.isPartlyDeleted(result.output());
                if (isNewestUsable || isNewestReusable || isEdited) {
                    needed.add(result.output());
                }
            }
        }
        return needed;
    }
}
