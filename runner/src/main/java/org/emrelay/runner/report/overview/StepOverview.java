package org.emrelay.runner.report.overview;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.finding.StepFinding;
import org.emrelay.runner.model.StepName;
import org.jspecify.annotations.Nullable;

/**
 * A step, as shown in the report of its run.
 *
 * @param state such as {@code done} or {@code reused}
 * @param dependsOn the steps that must succeed before it starts
 * @param reason why it ran, was reused, was skipped, was cancelled or failed; empty if there is no particular reason
 * @param elapsed the run time of the attempts since the last reset
 * @param rows the number of rows in its output; null if unknown
 * @param files the number of files in its output; null if there is no output
 * @param bytes the size of its output; null if there is no output
 * @param cost the cost of its attempts in US dollars; null if it did not run or a price is unknown
 * @param output the URI of its output; null if it has none
 * @param failure null if it did not fail
 * @param findings what cost its last attempt time or resources
 */
public record StepOverview(
        StepName name,
        String description,
        String state,
        List<StepName> dependsOn,
        String reason,
        List<AttemptOverview> attempts,
        Duration elapsed,
        @Nullable Long rows,
        @Nullable Long files,
        @Nullable Long bytes,
        @Nullable BigDecimal cost,
        @Nullable String output,
        @Nullable FailureOverview failure,
        List<StepFinding> findings) {
    public StepOverview {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(state, "state");
        dependsOn = List.copyOf(dependsOn);
        Objects.requireNonNull(reason, "reason");
        attempts = List.copyOf(attempts);
        Objects.requireNonNull(elapsed, "elapsed");
        findings = List.copyOf(findings);
    }

    /** Returns the last attempt, which produced the result if there is one. Null if there was no attempt. */
    public @Nullable AttemptOverview lastAttempt() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    }
}
