package org.emrelay.runner.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The executors of an application. In local mode, the driver is the only one.
 *
 * @param count the number of executors that ever registered
 * @param mostAtOnce the maximum number at the same time
 * @param coreTime the paid core time: the sum over all executors of their cores times their lifetimes
 * @param lost the first executors that Spark did not remove itself, at most {@link #MAX_LOST}
 * @param lostCount the number of lost executors
 * @param peakHeap the largest heap of an executor, in bytes; null if not measured
 * @param peakProcess the largest resident memory of an executor and its Python workers, in bytes; null if not measured
 * @param driverPeakHeap null if not measured
 */
public record Executors(
        int count,
        int mostAtOnce,
        Duration coreTime,
        List<Lost> lost,
        int lostCount,
        @Nullable Long peakHeap,
        @Nullable Long peakProcess,
        @Nullable Long driverPeakHeap) {
    public static final int MAX_LOST = 5;

    /** An executor that was lost, and Spark's reason. */
    public record Lost(String executor, Instant time, String reason) {
        public Lost {
            Objects.requireNonNull(executor, "executor");
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(reason, "reason");
        }
    }

    public Executors {
        Objects.requireNonNull(coreTime, "coreTime");
        lost = List.copyOf(lost);
    }

    Executors withText(UnaryOperator<String> change) {
        List<Lost> changed = lost.stream()
                .map(executor -> new Lost(executor.executor(), executor.time(), change.apply(executor.reason())))
                .toList();
        return new Executors(count, mostAtOnce, coreTime, changed, lostCount, peakHeap, peakProcess, driverPeakHeap);
    }
}
