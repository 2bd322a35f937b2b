package org.emrelay.runner.platform;

import java.util.Objects;
import org.emrelay.runner.model.Argument.UriResolver;
import org.emrelay.runner.plan.SparkSubmit;

/**
 * A request to run one attempt of a step.
 *
 * @param uris resolves the workspace references in the command
 * @param onFailure what the platform does if the attempt fails
 */
public record AttemptRequest(AttemptId attempt, SparkSubmit sparkSubmit, UriResolver uris, OnAttemptFailure onFailure) {
    /** What a failed attempt does to the attempts queued behind it. Applies only to platforms that run attempts sequentially. */
    public enum OnAttemptFailure {
        /** The next attempt starts. */
        CONTINUE,
        /** The queued attempts are withdrawn; none of them starts. */
        CANCEL_AND_WAIT,
        TERMINATE_CLUSTER
    }

    public AttemptRequest {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(sparkSubmit, "sparkSubmit");
        Objects.requireNonNull(uris, "uris");
        Objects.requireNonNull(onFailure, "onFailure");
    }
}
