package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Instant;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.OutputContents;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.StepFailed;
import org.jspecify.annotations.Nullable;

/**
 * Guards step outputs against overwriting and checks them after an attempt. The workspace decides whether an output
 * is complete: it returns no summary for an unfinished Hadoop commit ({@code _temporary}).
 */
final class Outputs {
    private final RunId run;
    private final Workspace workspace;
    private final StepGraph graph;

    Outputs(RunId run, Workspace workspace, StepGraph graph) {
        this.run = run;
        this.workspace = workspace;
        this.graph = graph;
    }

    /** The failure of a step that must not overwrite the data at its output URI; null when it may write. */
    @Nullable
    StepFailed overwriteRefusal(PlannedStep step, StepState state, String uri, Instant now) {
        if (!hasUserUri(step) || step.output().overwrite() == Overwrite.ANY) {
            return null;
        }
        try {
            OutputContents contents = workspace.contents(uri);
            return contents.isEmpty() || mayReplace(step, state, contents) ? null : refusal(step, uri, contents, now);
        } catch (IOException exception) {
            String reason = "its output location " + uri + " cannot be read: " + describe(exception);
            return new StepFailed(now, step.name(), reason, "");
        }
    }

    private static boolean hasUserUri(PlannedStep step) {
        return step.output().destination() instanceof Output.AtUri;
    }

    /**
     * The location was empty, or was cleared, before this run's first attempt. Without {@code overwrite}, what is there after a
     * failed attempt may be from another program.
     */
    private boolean mayReplace(PlannedStep step, StepState state, OutputContents contents) {
        boolean replacesResults = step.output().overwrite() == Overwrite.RESULTS;
        boolean isMarked = OutputMarker.matching(contents)
                .filter(marker -> replacesResults || marker.run().equals(run))
                .isPresent();
        return isMarked || (state.ownsOutput() && (replacesResults || state.wroteOutput()));
    }

    private static StepFailed refusal(PlannedStep step, String uri, OutputContents contents, Instant now) {
        String names = String.join(", ", contents.names())
                + (contents.files() > contents.names().size() ? ", …" : "");
        boolean replacesResults = step.output().overwrite() == Overwrite.RESULTS;
        return new StepFailed(
                now,
                step.name(),
                "its output would overwrite existing data at " + uri + " ("
                        + (contents.files() == 1 ? "1 file" : contents.files() + " files") + ": " + names + ")",
                replacesResults
                        ? "The files are not an unchanged result of Emrelay. Set \"overwrite\": \"any\" in its output to replace"
                                + " them, or choose another uri."
                        : "Set \"overwrite\": true in its output to replace results of Emrelay, \"any\" to replace all"
                                + " data, or choose another uri.");
    }

    /** Marks what an attempt has written at a URI that the user chose, so that a later run may replace it. */
    void mark(PlannedStep step, String uri) throws IOException {
        if (hasUserUri(step)) {
            OutputContents contents = workspace.contents(uri);
            if (!contents.isEmpty()) {
                workspace.mark(uri, new OutputMarker(run, step.name(), contents.digest()).text());
            }
        }
    }

    /** Summarizes the output of a successful attempt, or reports what is wrong with it. */
    Measurement measure(PlannedStep step, String uri) {
        try {
            OutputSummary summary = workspace.summary(uri).orElse(null);
            if (summary != null) {
                return new Measurement(summary, "");
            } else if (!workspace.contents(uri).isEmpty()) {
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
