package org.emrelay.runner.report.overview;

import java.time.Duration;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.profile.TaskTotals;
import org.jspecify.annotations.Nullable;

/**
 * How much of what was requested an application used, as shares. Null where that is not known.
 *
 * @param cores the share of the cores' time in which they ran tasks
 * @param heap the peak of the heap of an executor, of what was requested
 * @param garbageCollection of the tasks' time
 */
public record Usage(
        @Nullable Double cores,
        @Nullable Double heap,
        @Nullable Double garbageCollection) {

    public static Usage of(SparkProfile profile) {
        TaskTotals totals = profile.totals();
        Long peak = profile.executors().peakHeap();
        long requested = profile.requested().executorMemory();
        return new Usage(
                share(totals.duration(), profile.executors().coreTime()),
                peak == null || requested <= 0 ? null : (double) peak / requested,
                share(totals.gcTime(), totals.runTime()));
    }

    /** Null if there is no whole. */
    public static @Nullable Double share(Duration part, Duration whole) {
        return whole.isZero() ? null : (double) part.toMillis() / whole.toMillis();
    }
}
