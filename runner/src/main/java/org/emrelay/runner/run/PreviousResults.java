package org.emrelay.runner.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.Fingerprint;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.StepReused;
import org.jspecify.annotations.Nullable;

/**
 * The results of a run, and whether their outputs still exist unchanged.
 *
 * @param run the run that produced or reused the results
 */
record PreviousResults(RunId run, Map<StepName, Result> results) {

    /**
     * The result of one step.
     *
     * @param fingerprint the step's fingerprint in that run
     * @param staleReason why it differs from what the run's plan produces, because a result was reused without a
     *     check; else empty
     * @param finished whether the step finished in that run
     * @param unusableReason why it cannot be read; empty when it is complete
     * @param changed whether the output has been modified since
     */
    record Result(
            String output,
            @Nullable OutputSummary summary,
            @Nullable Long rows,
            Fingerprint fingerprint,
            String staleReason,
            boolean finished,
            String unusableReason,
            boolean changed) {
        boolean isUsable() {
            return unusableReason.isEmpty();
        }

        /** Why it is stale if the step reuses it without a check; empty when it is current. */
        String staleReason(PlannedStep step) {
            String difference = step.fingerprint().changesSince(fingerprint);
            return difference.isEmpty() ? staleReason : difference;
        }
    }

    PreviousResults {
        Objects.requireNonNull(run, "run");
        results = Map.copyOf(results);
    }

    /** The results of the run that this one resumes; null when it resumes none. */
    static @Nullable PreviousResults ofResumedRun(Run run, Journals journals, Workspace workspace) throws IOException {
        RunId resumedFrom = run.resumedFrom();
        if (resumedFrom == null) {
            return null;
        }
        Run previousRun = new RunStore(workspace).load(resumedFrom);
        return of(previousRun, RunState.of(previousRun, journals), workspace);
    }

    /** Lists every output of the run and compares it with the recorded summary. */
    static PreviousResults of(Run run, RunState state, Workspace workspace) throws IOException {
        RunUris uris = new RunUris(run, state, workspace);
        Map<StepName, OutputSummary> found = new HashMap<>();
        for (StepName step : state.steps().keySet()) {
            if (state.step(step).summary() != null) {
                workspace.summary(uris.outputUri(step)).ifPresent(summary -> found.put(step, summary));
            }
        }
        return of(run, state, uris, found);
    }

    static PreviousResults of(Run run, RunState state, RunUris uris, Map<StepName, OutputSummary> found) {
        StepGraph graph = new StepGraph(run.plan());
        Map<StepName, String> stale = new HashMap<>();
        Map<StepName, Result> results = new LinkedHashMap<>();
        for (PlannedStep step : run.plan().steps()) {
            StepName name = step.name();
            StepState stepState = state.step(name);
            String output = uris.outputUri(name);
            if (stepState.phase().hasResult()) {
                stale.put(name, staleReason(name, stepState, graph, stale));
            }
            OutputSummary recorded = stepState.summary();
            OutputSummary actual = found.get(name);
            boolean changed = recorded != null && actual != null && !recorded.equals(actual);
            results.put(
                    name,
                    new Result(
                            output,
                            recorded,
                            stepState.rows(),
                            step.fingerprint(),
                            stale.getOrDefault(name, ""),
                            stepState.phase().hasResult(),
                            unusableReason(run.id(), stepState, output, actual, changed),
                            changed));
        }
        return new PreviousResults(run.id(), results);
    }

    private static String unusableReason(
            RunId run, StepState state, String output, @Nullable OutputSummary actual, boolean changed) {
        if (!state.phase().hasResult()) {
            return "never finished in " + run;
        } else if (changed) {
            return "its output at " + output + " has changed";
        }
        return state.summary() != null && actual == null ? "its output at " + output + " is gone" : "";
    }

    private static String staleReason(StepName name, StepState state, StepGraph graph, Map<StepName, String> stale) {
        StepReused reused = state.reused();
        if (reused != null) {
            return reused.staleReason().isEmpty()
                    ? ""
                    : "it was reused from " + reused.from() + " although " + reused.staleReason();
        }
        return graph.reads(name).stream()
                .sorted()
                .filter(read -> !stale.getOrDefault(read, "").isEmpty())
                .map(read -> "it read an outdated output of " + read)
                .findFirst()
                .orElse("");
    }

    /**
     * Why a step must run; empty when its previous result can be reused.
     *
     * @param rerunning the upstream steps that run in this run
     */
    String rerunReason(PlannedStep step, Set<StepName> rerunning) {
        Result result = find(step.name());
        if (result == null) {
            return "not a step of " + run;
        } else if (!result.finished()) {
            return result.unusableReason();
        }
        for (StepName needed : step.dependencies().stream().sorted().toList()) {
            if (rerunning.contains(needed)) {
                return needed + " runs again";
            }
        }
        if (!result.staleReason().isEmpty()) {
            return result.staleReason();
        }
        String difference = step.fingerprint().changesSince(result.fingerprint());
        return difference.isEmpty() ? result.unusableReason() : difference;
    }

    @Nullable
    Result find(StepName step) {
        return results.get(step);
    }
}
