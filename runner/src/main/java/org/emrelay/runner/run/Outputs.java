package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Instant;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.StepFailed;
import org.jspecify.annotations.Nullable;

/**
 * Guards step outputs against overwriting and checks them after an attempt. The workspace decides whether an output
 * is complete: it returns no summary for an unfinished Hadoop commit ({@code _temporary}).
 */
final class Outputs {
    private final Workspace workspace;
    private final StepGraph graph;

    Outputs(Workspace workspace, StepGraph graph) {
        this.workspace = workspace;
        this.graph = graph;
    }

    /** The failure of a step that must not overwrite the data at its output URI; null when it may write. */
    @Nullable
    StepFailed overwriteRefusal(PlannedStep step, StepState state, String uri, Instant now) {
        boolean hasUserUri = step.output().destination() instanceof Output.AtUri;
        if (!hasUserUri || step.output().overwrite() || state.ownsOutput()) {
            return null;
        }
        try {
            return workspace.hasContent(uri)
                    ? new StepFailed(
                            now,
                            step.name(),
                            "its output would overwrite existing data at " + uri,
                            "Set \"overwrite\": true in its output, or choose another uri.")
                    : null;
        } catch (IOException exception) {
            String reason = "its output location " + uri + " cannot be read: " + describe(exception);
            return new StepFailed(now, step.name(), reason, "");
        }
    }

    /** Summarizes the output of a successful attempt, or reports what is wrong with it. */
    Measurement measure(PlannedStep step, String uri) {
        try {
            OutputSummary summary = workspace.summary(uri).orElse(null);
            if (summary != null) {
                return new Measurement(summary, "");
            } else if (workspace.hasContent(uri)) {
                return new Measurement(null, "succeeded but left an incomplete output at " + uri);
            }
            return new Measurement(null, graph.hasReader(step.name()) ? "succeeded but wrote nothing to " + uri : "");
        } catch (IOException exception) {
            return new Measurement(
                    null, "succeeded but its output at " + uri + " cannot be read: " + describe(exception));
        }
    }

    /**
     * @param summary null when nothing was written
     * @param problem what is wrong with the output; empty when it is valid
     */
    record Measurement(@Nullable OutputSummary summary, String problem) {}

    /** Prepends the class name, because the message of an {@link IOException} is often only a path. */
    static String describe(IOException exception) {
        String name = exception.getClass().getSimpleName();
        return exception.getMessage() == null ? name : name + ": " + exception.getMessage();
    }
}
