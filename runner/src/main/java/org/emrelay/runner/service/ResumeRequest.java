package org.emrelay.runner.service;

import java.io.IOException;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.run.Reuse;
import org.emrelay.runner.run.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Which earlier results may be reused.
 *
 * @param run a run id, empty for all runs of the workspace, null for none
 */
public record ResumeRequest(@Nullable String run) {

    public boolean isNone() {
        return run == null;
    }

    /** Resolves the earlier results; null for none. Steps selected by hand need earlier results too. */
    public @Nullable Reuse resolve(Runs runs, Selection selection, Notices notices) throws IOException {
        if (run == null && selection.isNone()) {
            return null;
        }
        Reuse reuse = runs.reusable(run == null ? "" : run).orElse(null);
        if (reuse == null) {
            notices.notice("No earlier run to resume: running all steps.");
        }
        return reuse;
    }
}
