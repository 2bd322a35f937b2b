package org.emrelay.runner.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a run can reuse: for each step the newest result with an equal fingerprint, whichever run produced it.
 *
 * <p>The plans of all runs are known; journals are read only of runs whose results may fit, newest first and in parallel.
 */
final class ResultHistory {
    private static final int JOURNALS_AT_ONCE = 16;

    /** How many results of other computations are tried for one that can still be read. */
    private static final int MAX_FALLBACKS = 32;

    private final List<Run> runs;
    private final String source;
    private final Journals journals;
    private final Workspace workspace;

    /** Empty for a run whose journal cannot be read. */
    private final Map<RunId, Optional<RunResults>> results = new ConcurrentHashMap<>();

    /**
     * @param runs newest first
     * @param source what they are called, for messages
     */
    private ResultHistory(List<Run> runs, String source, Journals journals, Workspace workspace) {
        this.runs = List.copyOf(runs);
        this.source = source;
        this.journals = journals;
        this.workspace = workspace;
    }

    /** The results that a run may reuse; null for none. */
    static @Nullable PreviousResults results(Run run, Selection selection, Journals journals, Workspace workspace)
            throws IOException {
        return results(run.plan(), selection, run.reuse(), run.id(), journals, workspace);
    }

    /**
     * The results that a run may reuse; null for none.
     *
     * @param before only of runs that are older than this one; null for all
     */
    static @Nullable PreviousResults results(
            ExecutionPlan plan,
            Selection selection,
            @Nullable Reuse reuse,
            @Nullable RunId before,
            Journals journals,
            Workspace workspace)
            throws IOException {
        ResultHistory history = of(reuse, before, journals, workspace);
        return history == null ? null : history.find(plan, selection);
    }

    private static @Nullable ResultHistory of(
            @Nullable Reuse reuse, @Nullable RunId before, Journals journals, Workspace workspace) throws IOException {
        RunStore store = new RunStore(workspace);
        if (reuse instanceof Reuse.OfRun one) {
            return new ResultHistory(List.of(store.load(one.run())), one.run().value(), journals, workspace);
        } else if (reuse instanceof Reuse.OfAllRuns) {
            List<Run> earlier = store.runsBefore(before);
            return earlier.isEmpty() ? null : new ResultHistory(earlier, "any earlier run", journals, workspace);
        }
        return null;
    }

    /**
     * Finds the best result of each step.
     *
     * @param selection steps that it leaves out lend their outputs even if these are outdated
     */
    PreviousResults find(ExecutionPlan plan, Selection selection) throws IOException {
        Map<StepName, EarlierResult> best = new LinkedHashMap<>();
        Map<StepName, EarlierResult> usable = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps()) {
            if (step.runs()) {
                EarlierResult found = best(step, plan.pipeline());
                if (found != null) {
                    best.put(step.name(), found);
                }
                if (selection.isRestricting() && found != null && !found.isResultOf(step)) {
                    newestUsable(step, plan.pipeline()).ifPresent(result -> usable.put(step.name(), result));
                }
            }
        }
        return new PreviousResults(source, best, usable);
    }

    /** The newest result that fits; else the newest one of the pipeline, which explains why the step runs again. */
    private @Nullable EarlierResult best(PlannedStep step, String pipeline) throws IOException {
        List<Run> equal = new ArrayList<>();
        List<Run> other = new ArrayList<>();
        for (Run run : runs) {
            PlannedStep earlier = run.plan().find(step.name()).orElse(null);
            if (earlier != null && earlier.fingerprint().equals(step.fingerprint())) {
                equal.add(run);
            } else if (earlier != null && run.plan().pipeline().equals(pipeline)) {
                other.add(run);
            }
        }
        EarlierResult unfinished = null;
        EarlierResult unfit = null;
        for (Run run : equal) {
            RunResults found = results(run, equal);
            if (found != null && found.hasFinished(step.name())) {
                EarlierResult result = found.checked(step.name());
                if (result.isResultOf(step)) {
                    return result;
                }
                unfit = unfit == null ? result : unfit;
            } else if (found != null && unfinished == null) {
                unfinished = found.checked(step.name());
            }
        }
        if (unfit != null) {
            return unfit;
        }
        for (Run run : limited(other)) {
            RunResults found = results(run, other);
            if (found != null && found.hasFinished(step.name())) {
                return found.checked(step.name());
            } else if (found != null && unfinished == null) {
                unfinished = found.checked(step.name());
            }
        }
        return unfinished;
    }

    private Optional<EarlierResult> newestUsable(PlannedStep step, String pipeline) throws IOException {
        List<Run> candidates = runs.stream()
                .filter(run -> run.plan().pipeline().equals(pipeline)
                        && run.plan().find(step.name()).isPresent())
                .toList();
        for (Run run : limited(candidates)) {
            RunResults found = results(run, candidates);
            if (found != null && found.hasFinished(step.name())) {
                EarlierResult result = found.checked(step.name());
                if (result.isUsable()) {
                    return Optional.of(result);
                }
            }
        }
        return Optional.empty();
    }

    private static List<Run> limited(List<Run> candidates) {
        return candidates.subList(0, Math.min(MAX_FALLBACKS, candidates.size()));
    }

    /**
     * The results of a run; null if its journal cannot be read.
     *
     * @param candidates those that are needed next, newest first
     */
    private @Nullable RunResults results(Run run, List<Run> candidates) throws IOException {
        if (!results.containsKey(run.id())) {
            int start = candidates.indexOf(run);
            workspace.inParallel(
                    candidates.subList(start, Math.min(start + JOURNALS_AT_ONCE, candidates.size())).stream()
                            .filter(next -> !results.containsKey(next.id()))
                            .<Workspace.IoTask>map(next -> () -> results.put(next.id(), read(next)))
                            .toList());
        }
        return Objects.requireNonNull(results.get(run.id()), "read above").orElse(null);
    }

    private Optional<RunResults> read(Run run) throws IOException {
        try {
            return Optional.of(new RunResults(run, RunState.of(run, journals), workspace));
        } catch (CorruptRunException damaged) {
            return Optional.empty();
        }
    }
}
