package org.emrelay.runner.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.StepName;

/** Places as a plan shows them, before there is a workspace or a run: {@code workspace:/output/<pipeline>/<run>/<step>}. */
public final class PlaceholderUris implements Argument.UriResolver {
    private final String root;
    private final String workspaceName;
    private final String run;
    private final String pipeline;
    private final Map<StepName, Output.Destination> destinations;

    private PlaceholderUris(String root, String workspaceName, String run, ExecutionPlan plan) {
        this.root = Objects.requireNonNull(root, "root");
        this.workspaceName = Objects.requireNonNull(workspaceName, "workspaceName");
        this.run = Objects.requireNonNull(run, "run");
        this.pipeline = plan.pipeline();
        this.destinations = destinations(plan.steps());
    }

    public static PlaceholderUris shown(ExecutionPlan plan) {
        return new PlaceholderUris("workspace:/", "workspace", "<run>", plan);
    }

    /** The longest that they can become on EMR: a bucket's name has at most 63 characters. */
    static PlaceholderUris longest(ExecutionPlan plan) {
        String bucket = "b".repeat(63);
        return new PlaceholderUris("s3://" + bucket + "/", bucket, "20260101-000000-0000", plan);
    }

    private static Map<StepName, Output.Destination> destinations(List<PlannedStep> steps) {
        Map<StepName, Output.Destination> destinations = new HashMap<>();
        steps.forEach(step -> destinations.put(step.name(), step.output().destination()));
        return destinations;
    }

    @Override
    public String uploaded(String path) {
        return root + path;
    }

    @Override
    public String outputOf(StepName step) {
        Output.Destination destination = Objects.requireNonNull(destinations.get(step), "not planned");
        if (destination instanceof Output.At at) {
            return at.uri();
        } else if (destination instanceof Output.InWorkspace inWorkspace) {
            return root + inWorkspace.path();
        }
        return root + automaticOutput(pipeline, run, step);
    }

    /** Where below the workspace a step writes that was given no place of its own. */
    public static String automaticOutput(String pipeline, String run, StepName step) {
        return "output/" + pipeline + "/" + run + "/" + step;
    }

    @Override
    public String workspaceName() {
        return workspaceName;
    }
}
