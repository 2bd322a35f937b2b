package org.emrelay.runner.report.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.Cost;
import org.jspecify.annotations.Nullable;

/**
 * An earlier run of the same pipeline, for comparison.
 *
 * @param started null if it never began
 * @param newSteps the number of steps that ran; the others were reused or skipped
 * @param cost null if unknown
 */
public record EarlierRun(
        RunId run,
        String status,
        @Nullable Instant started,
        Duration elapsed,
        int newSteps,
        @Nullable Cost cost) {
    public EarlierRun {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(elapsed, "elapsed");
    }
}
