package org.emrelay.runner.service;

import java.io.IOException;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Which earlier run's results may be reused.
 *
 * @param run a run id, empty for the pipeline's newest run, null for none
 */
public record ResumeRequest(@Nullable String run) {

    /** Resolves the run; null for none. Steps selected by hand need an earlier run too. */
    public @Nullable Run resolve(Runs runs, String pipeline, Selection selection, Notices notices) throws IOException {
        if (run == null && selection.isNone()) {
            return null;
        }
        Run earlier = runs.resumable(pipeline, run == null ? "" : run).orElse(null);
        if (earlier == null) {
            notices.notice("No earlier run of " + pipeline + " to resume: running all steps.");
        }
        return earlier;
    }
}
