package org.emrelay.runner.platform.emr.steps;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.platform.Diagnosis;
import org.jspecify.annotations.Nullable;

/** Finds the cause of a failed step in its logs, once EMR has uploaded them. */
public interface FailureLogs {

    /**
     * A failed step.
     *
     * @param logUri the folder of its logs, with a trailing slash; empty if the cluster has no log URI
     * @param ended null if EMR does not return it
     * @param reason EMR's failure reason
     */
    record FailedStep(
            String cluster,
            String id,
            String logUri,
            @Nullable Instant ended,
            String reason) {
        public FailedStep {
            Objects.requireNonNull(cluster, "cluster");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(logUri, "logUri");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Returns the cause; empty if the logs do not contain it or are missing. */
    Optional<Diagnosis> diagnose(FailedStep step);
}
