package org.emrelay.runner.run;

import java.util.Objects;
import org.emrelay.runner.model.RunId;

/** Which earlier results a run may reuse. */
public sealed interface Reuse {
    /** For each step the newest result that fits, of any earlier run of the workspace. */
    record OfAllRuns() implements Reuse {}

    record OfRun(RunId run) implements Reuse {
        public OfRun {
            Objects.requireNonNull(run, "run");
        }
    }
}
