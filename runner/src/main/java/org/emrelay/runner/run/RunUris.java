package org.emrelay.runner.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.plan.PlaceholderUris;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.StepReused;

/** Where everything lies that the words of one run name: its own outputs, and those that it took over from earlier runs. */
public final class RunUris implements Argument.UriResolver {
    private final Workspace workspace;
    private final Map<StepName, String> outputs = new HashMap<>();

    public RunUris(Run run, RunState state, Workspace workspace) {
        this.workspace = workspace;
        for (PlannedStep step : run.plan().steps()) {
            StepReused reused = state.step(step.name()).reused();
            outputs.put(step.name(), reused == null ? own(run, step, workspace) : reused.output());
        }
    }

    private static String own(Run run, PlannedStep step, Workspace workspace) {
        Output.Destination destination = step.output().destination();
        if (destination instanceof Output.At at) {
            return at.uri();
        } else if (destination instanceof Output.InWorkspace inWorkspace) {
            return workspace.uri(inWorkspace.path());
        }
        return workspace.uri(
                PlaceholderUris.automaticOutput(run.plan().pipeline(), run.id().value(), step.name()));
    }

    @Override
    public String uploaded(String path) {
        return workspace.uri(path);
    }

    @Override
    public String outputOf(StepName step) {
        return Objects.requireNonNull(outputs.get(step), "no such step");
    }

    @Override
    public String workspaceName() {
        return workspace.name();
    }
}
