package org.emrelay.runner.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.Fingerprint;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.StepReused;
import org.jspecify.annotations.Nullable;

/**
 * What a run has finished, and whether it is still there.
 *
 * @param run the run that finished it, or took it over itself
 */
record PreviousResults(RunId run, Map<StepName, Result> results) {

    /**
     * One step's result.
     *
     * @param fingerprint of the step in that run
     * @param stale why it is not quite what its run's plan would make, for some step was taken as it was; else empty
     * @param finished whether the run finished it at all
     * @param unusable why nobody can read it; empty when it is complete
     * @param changed whether something else lies there now
     */
    record Result(
            String output,
            @Nullable OutputSummary summary,
            @Nullable Long rows,
            Fingerprint fingerprint,
            String stale,
            boolean finished,
            String unusable,
            boolean changed) {
        boolean isUsable() {
            return unusable.isEmpty();
        }
    }

    PreviousResults {
        Objects.requireNonNull(run, "run");
        results = Map.copyOf(results);
    }

    /** Looks at every output of the run, to see whether it is what was finished. */
    static PreviousResults of(Run run, RunState state, Workspace workspace) throws IOException {
        RunUris places = new RunUris(run, state, workspace);
        Map<StepName, OutputSummary> found = new HashMap<>();
        for (StepName step : state.steps().keySet()) {
            if (state.step(step).summary() != null) {
                workspace.summary(places.outputOf(step)).ifPresent(summary -> found.put(step, summary));
            }
        }
        return of(run, state, places, found);
    }

    static PreviousResults of(Run run, RunState state, RunUris places, Map<StepName, OutputSummary> found) {
        StepGraph graph = new StepGraph(run.plan());
        Map<StepName, String> stale = new HashMap<>();
        Map<StepName, Result> results = new LinkedHashMap<>();
        for (PlannedStep step : run.plan().steps()) {
            StepName name = step.name();
            StepState stepState = state.step(name);
            String output = places.outputOf(name);
            if (stepState.phase().hasResult()) {
                stale.put(name, stale(name, stepState, graph, stale));
            }
            OutputSummary recorded = stepState.summary();
            OutputSummary there = found.get(name);
            boolean changed = recorded != null && there != null && !recorded.equals(there);
            results.put(
                    name,
                    new Result(
                            output,
                            recorded,
                            stepState.rows(),
                            step.fingerprint(),
                            stale.getOrDefault(name, ""),
                            stepState.phase().hasResult(),
                            unusable(run.id(), stepState, output, there, changed),
                            changed));
        }
        return new PreviousResults(run.id(), results);
    }

    private static String unusable(
            RunId run, StepState state, String output, @Nullable OutputSummary there, boolean changed) {
        if (!state.phase().hasResult()) {
            return "never finished in " + run;
        } else if (changed) {
            return "its output at " + output + " has changed";
        }
        return state.summary() != null && there == null ? "its output at " + output + " is gone" : "";
    }

    private static String stale(StepName name, StepState state, StepGraph graph, Map<StepName, String> stale) {
        StepReused reused = state.reused();
        if (reused != null) {
            return reused.despite().isEmpty()
                    ? ""
                    : "it was taken from " + reused.from() + " although " + reused.despite();
        }
        return graph.reads(name).stream()
                .sorted()
                .filter(read -> !stale.getOrDefault(read, "").isEmpty())
                .map(read -> "it read " + read + " as an earlier run had left it")
                .findFirst()
                .orElse("");
    }

    @Nullable
    Result find(StepName step) {
        return results.get(step);
    }
}
