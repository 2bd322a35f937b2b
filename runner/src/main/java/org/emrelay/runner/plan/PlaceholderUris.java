package org.emrelay.runner.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.StepName;

/** Resolves workspace references before a workspace or a run exists, such as to {@code workspace:/output/<pipeline>/<run>/<step>}. */
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

    /**
     * Resolves to a workspace and a run that the caller names.
     *
     * @param root the URI of the workspace, with a trailing slash
     */
    public static PlaceholderUris of(String root, String workspaceName, String run, ExecutionPlan plan) {
        return new PlaceholderUris(root, workspaceName, run, plan);
    }

    public static PlaceholderUris forDisplay(ExecutionPlan plan) {
        return new PlaceholderUris("workspace:/", "workspace", "<run>", plan);
    }

    /** The longest URIs possible on EMR: a bucket name has at most 63 characters. */
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
    public String uploadedUri(String path) {
        return root + path;
    }

    @Override
    public String outputUri(StepName step) {
        Output.Destination destination = Objects.requireNonNull(destinations.get(step), "not planned");
        if (destination instanceof Output.AtUri at) {
            return at.uri().replace(Output.RUN_ID, run);
        } else if (destination instanceof Output.WorkspacePath inWorkspace) {
            return root + inWorkspace.path();
        }
        return root + automaticOutputPath(pipeline, run, step);
    }

    /** The workspace path a step writes to if it has no output URI of its own. */
    public static String automaticOutputPath(String pipeline, String run, StepName step) {
        return "output/" + pipeline + "/" + run + "/" + step.folder();
    }

    @Override
    public String workspaceName() {
        return workspaceName;
    }
}
