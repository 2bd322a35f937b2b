package org.emrelay.runner.report.overview;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.finding.StepFinding;
import org.emrelay.runner.model.StepName;
import org.jspecify.annotations.Nullable;

/**
 * A step as the report of its run shows it.
 *
 * @param state such as {@code done} or {@code reused}
 * @param dependsOn the steps that must succeed before it starts
 * @param reason why it ran, was reused, was skipped, was cancelled or failed; empty if there is nothing to say
 * @param elapsed the run time of the attempts since the last reset
 * @param rows null if unknown
 * @param files of its output; null if there are none
 * @param bytes of its output; null if there are none
 * @param cost of its attempts in US dollars; null if it did not run, or a price is not known
 * @param output the URI of its output; null if it has none
 * @param failure null if it did not fail
 * @param findings what its last attempt lost time or resources to
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

    /** The attempt that produced its result, or the last one; null if there is none. */
    public @Nullable AttemptOverview lastAttempt() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    }
}
