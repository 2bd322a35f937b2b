package org.emrelay.runner.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.StepReused;
import org.jspecify.annotations.Nullable;

/** The results of one run. Each output is listed and compared with the recorded summary when it is asked for. */
final class RunResults {
    private final Run run;
    private final RunState state;
    private final Workspace workspace;
    private final RunUris uris;
    private final Map<StepName, PlannedStep> steps;
    private final Map<StepName, String> staleReasons = new HashMap<>();

    RunResults(Run run, RunState state, Workspace workspace) {
        this.run = run;
        this.state = state;
        this.workspace = workspace;
        this.uris = new RunUris(run, state, workspace);
        this.steps = run.plan().byName();
        StepGraph graph = new StepGraph(run.plan());
        for (StepName name : steps.keySet()) {
            if (hasFinished(name)) {
                staleReasons.put(name, staleReason(name, graph));
            }
        }
    }

    private String staleReason(StepName name, StepGraph graph) {
        StepReused reused = state.step(name).reused();
        if (reused != null) {
            return reused.staleReason().isEmpty()
                    ? ""
                    : "it was reused from " + reused.from() + " although " + reused.staleReason();
        }
        return graph.reads(name).stream()
                .sorted()
                .filter(read -> !staleReasons.getOrDefault(read, "").isEmpty())
                .map(read -> "it read an outdated output of " + read)
                .findFirst()
                .orElse("");
    }

    boolean hasFinished(StepName step) {
        return state.phase(step).hasResult();
    }

    EarlierResult checked(StepName name) throws IOException {
        StepState stepState = state.step(name);
        String output = uris.outputUri(name);
        OutputSummary recorded = stepState.summary();
        OutputSummary actual =
                recorded == null ? null : workspace.summary(output).orElse(null);
        boolean changed = recorded != null && actual != null && !recorded.equals(actual);
        StepReused reused = stepState.reused();
        return new EarlierResult(
                reused == null ? run.id() : reused.from(),
                output,
                recorded,
                stepState.rows(),
                Objects.requireNonNull(steps.get(name)).fingerprint(),
                staleReasons.getOrDefault(name, ""),
                hasFinished(name),
                unusableReason(name, output, actual, changed),
                changed);
    }

    private String unusableReason(StepName name, String output, @Nullable OutputSummary actual, boolean changed) {
        if (!hasFinished(name)) {
            return "never finished in " + run.id();
        } else if (changed) {
            return "its output at " + output + " has changed";
        }
        return state.step(name).summary() != null && actual == null ? "its output at " + output + " is gone" : "";
    }
}
