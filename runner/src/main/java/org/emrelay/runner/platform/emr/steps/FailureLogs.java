package org.emrelay.runner.platform.emr.steps;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.platform.Diagnosis;
import org.jspecify.annotations.Nullable;

/** Reads what a failed step left in its logs, once they are shipped. */
public interface FailureLogs {

    /**
     * A step that failed.
     *
     * @param uri where its logs lie, with a slash at the end; empty when EMR ships none
     * @param ended null when EMR does not say
     * @param why in EMR's words
     */
    record FailedStep(
            String cluster, String id, String uri, @Nullable Instant ended, String why) {
        public FailedStep {
            Objects.requireNonNull(cluster, "cluster");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(why, "why");
        }
    }

    /** The cause of the failure; empty when the logs do not tell, or are not there. */
    Optional<Diagnosis> diagnose(FailedStep step);
}
