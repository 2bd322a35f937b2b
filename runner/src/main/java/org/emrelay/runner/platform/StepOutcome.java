package org.emrelay.runner.platform;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. That one failed is an outcome, not an exception. */
public sealed interface StepOutcome {

    /** It ended well. {@code rows} is how many it wrote, null where that is not known. */
    record Succeeded(@Nullable Long rows) implements StepOutcome {}

    /** It failed by itself; the reason is what the platform says, such as {@code exit code 1}. */
    record Failed(String reason) implements StepOutcome {
        public Failed {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** It was stopped because somebody asked for that. */
    record Cancelled() implements StepOutcome {}

    /** It never started, for one before it failed. It says nothing about the step. */
    record Withdrawn() implements StepOutcome {}

    /** It ended because what ran it went away: the runner was killed, a cluster ended. It says nothing about the step. */
    record Lost(String reason) implements StepOutcome {
        public Lost {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
