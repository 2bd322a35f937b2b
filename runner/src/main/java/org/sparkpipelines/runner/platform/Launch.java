package org.sparkpipelines.runner.platform;

import java.util.Objects;
import org.sparkpipelines.runner.plan.Submission;
import org.sparkpipelines.runner.plan.Word.Places;

/**
 * One attempt that a platform is asked to run.
 *
 * @param places where everything lies that the submission's words name
 */
public record Launch(AttemptId attempt, Submission submission, Places places) {
    public Launch {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(submission, "submission");
        Objects.requireNonNull(places, "places");
    }
}
