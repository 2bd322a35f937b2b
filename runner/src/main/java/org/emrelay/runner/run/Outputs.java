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
 * The places that steps write to: made free before an attempt, measured after it. Whether an output is complete is the workspace's to
 * say: it has no summary of one in which a commit was left half done ({@code _temporary}).
 */
final class Outputs {
    private final Workspace workspace;
    private final StepGraph graph;

    Outputs(Workspace workspace, StepGraph graph) {
        this.workspace = workspace;
        this.graph = graph;
    }

    /** The failure of a step that must not write there; null when it may. */
    @Nullable
    StepFailed refusal(PlannedStep step, StepState state, String uri, Instant now) {
        boolean chosenPlace = step.output().destination() instanceof Output.At;
        if (!chosenPlace || step.output().overwrite() || state.ownsOutput()) {
            return null;
        }
        try {
            return workspace.holdsSomething(uri)
                    ? new StepFailed(
                            now,
                            step.name(),
                            "its output would replace what is at " + uri + " already",
                            "Set \"overwrite\": true in its output, or choose another uri.")
                    : null;
        } catch (IOException exception) {
            String reason = "its output's place " + uri + " cannot be looked at: " + told(exception);
            return new StepFailed(now, step.name(), reason, "");
        }
    }

    /** What an output of an attempt that ended well consists of, or what is wrong with it. */
    Measured measure(PlannedStep step, String uri) {
        try {
            OutputSummary summary = workspace.summary(uri).orElse(null);
            if (summary != null) {
                return new Measured(summary, "");
            } else if (workspace.holdsSomething(uri)) {
                return new Measured(null, "ended well but left its output at " + uri + " half written");
            }
            return new Measured(
                    null, graph.isReadByAnother(step.name()) ? "ended well but wrote nothing to " + uri : "");
        } catch (IOException exception) {
            return new Measured(null, "ended well but its output at " + uri + " cannot be read: " + told(exception));
        }
    }

    /**
     * @param summary null when nothing was written
     * @param wrong empty when the output is as it should be
     */
    record Measured(@Nullable OutputSummary summary, String wrong) {}

    /** An I/O exception's message is often a bare path: its class says what is the matter. */
    static String told(IOException exception) {
        String name = exception.getClass().getSimpleName();
        return exception.getMessage() == null ? name : name + ": " + exception.getMessage();
    }
}
