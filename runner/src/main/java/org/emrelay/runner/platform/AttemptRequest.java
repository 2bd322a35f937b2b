package org.emrelay.runner.platform;

import java.util.Objects;
import org.emrelay.runner.plan.Argument.UriResolver;
import org.emrelay.runner.plan.SparkSubmit;

/**
 * One attempt that a platform is asked to run.
 *
 * @param places where everything lies that the submission's words name
 * @param afterFailure what the platform is to do by itself when it fails
 */
public record AttemptRequest(
        AttemptId attempt, SparkSubmit submission, UriResolver places, OnAttemptFailure afterFailure) {

    /** What a failure does to the attempts that wait behind it, where a platform runs them in order. */
    public enum OnAttemptFailure {
        /** Nothing needs it: the next one starts. */
        NEXT_STARTS,
        /** None of them starts: they are withdrawn. */
        REST_IS_WITHDRAWN,
        CLUSTER_ENDS
    }

    public AttemptRequest {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(submission, "submission");
        Objects.requireNonNull(places, "places");
        Objects.requireNonNull(afterFailure, "afterFailure");
    }
}
