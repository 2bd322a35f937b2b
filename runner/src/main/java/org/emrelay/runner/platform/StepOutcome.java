package org.emrelay.runner.platform;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The outcome of an attempt. A failed step is an outcome, not an exception. */
public sealed interface StepOutcome {

    /** The attempt succeeded; {@code rows} is the number of rows written, null if unknown. */
    record Succeeded(@Nullable Long rows) implements StepOutcome {}

    /** The attempt failed; the reason is the platform's, such as {@code exit code 1}. */
    record Failed(String reason) implements StepOutcome {
        public Failed {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** SIGINT ended the attempt's process, as Ctrl-C does. It has failed, unless the runner is interrupted too. */
    record Interrupted(String reason) implements StepOutcome {
        public Interrupted {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The attempt was cancelled on request. */
    record Cancelled() implements StepOutcome {}

    /** The attempt never started, because one queued before it failed. It does not count as an attempt of the step. */
    record Withdrawn() implements StepOutcome {}

    /** The attempt ended with its environment: the runner was killed, or the cluster terminated. Not a failure of the step. */
    record Lost(String reason) implements StepOutcome {
        public Lost {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
