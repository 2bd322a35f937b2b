package org.emrelay.runner.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlaceholderUris;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.StepReused;

/** Resolves the URIs in a run's arguments, including outputs reused from previous runs. */
public final class RunUris implements Argument.UriResolver {
    private final Workspace workspace;
    private final Map<StepName, String> outputs = new HashMap<>();

    public RunUris(Run run, RunState state, Workspace workspace) {
        this.workspace = workspace;
        for (PlannedStep step : run.plan().steps()) {
            StepReused reused = state.step(step.name()).reused();
            outputs.put(step.name(), reused == null ? ownOutput(run, step, workspace) : reused.output());
        }
    }

    /** Where a step writes if it runs in this run. */
    static String ownOutput(Run run, PlannedStep step, Workspace workspace) {
        Output.Destination destination = step.output().destination();
        if (destination instanceof Output.AtUri at) {
            return at.uri();
        } else if (destination instanceof Output.WorkspacePath inWorkspace) {
            return workspace.uri(inWorkspace.path());
        }
        return workspace.uri(PlaceholderUris.automaticOutputPath(
                run.plan().pipeline(), run.id().value(), step.name()));
    }

    @Override
    public String uploadedUri(String path) {
        return workspace.uri(path);
    }

    @Override
    public String outputUri(StepName step) {
        return Objects.requireNonNull(outputs.get(step), "no such step");
    }

    @Override
    public String workspaceName() {
        return workspace.name();
    }
}
