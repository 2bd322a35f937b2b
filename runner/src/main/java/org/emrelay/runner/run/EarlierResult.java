package org.emrelay.runner.run;

import java.util.Objects;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.Fingerprint;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.OutputSummary;
import org.jspecify.annotations.Nullable;

/**
 * The result of a step in an earlier run, and whether it can be used.
 *
 * @param run the run that produced it, even if others have reused it since
 * @param fingerprint the step's fingerprint in that run
 * @param staleReason why it differs from what the run's plan produces, because a result was reused without a
 *     check; else empty
 * @param finished whether the step finished in that run
 * @param unusableReason why it cannot be read; empty when it is complete
 * @param changed whether the output has been modified since
 */
record EarlierResult(
        RunId run,
        String output,
        @Nullable OutputSummary summary,
        @Nullable Long rows,
        Fingerprint fingerprint,
        String staleReason,
        boolean finished,
        String unusableReason,
        boolean changed) {
    EarlierResult {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(staleReason, "staleReason");
        Objects.requireNonNull(unusableReason, "unusableReason");
    }

    boolean isUsable() {
        return unusableReason.isEmpty();
    }

    /** Whether the step would produce this result again, and it can be read. */
    boolean isResultOf(PlannedStep step) {
        return isUsable() && staleReason(step).isEmpty();
    }

    /** Why it is stale if the step reuses it without a check; empty when it is current. */
    String staleReason(PlannedStep step) {
        String difference = step.fingerprint().changesSince(fingerprint);
        return difference.isEmpty() ? staleReason : difference;
    }
}
