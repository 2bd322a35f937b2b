package org.emrelay.runner.report.overview;

import java.time.Duration;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.profile.TaskTotals;
import org.jspecify.annotations.Nullable;

/**
 * The shares of the requested resources that an application used; null where unknown.
 *
 * @param cores the share of core time that was spent on tasks
 * @param heap the peak heap of an executor as a share of the requested heap
 * @param garbageCollection the share of the tasks' time that was spent on garbage collection
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

    /** Returns the share; null if the whole is zero. */
    public static @Nullable Double share(Duration part, Duration whole) {
        return whole.isZero() ? null : (double) part.toMillis() / whole.toMillis();
    }
}
