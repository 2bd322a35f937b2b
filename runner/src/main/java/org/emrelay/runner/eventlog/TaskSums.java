package org.emrelay.runner.eventlog;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.emrelay.runner.profile.TaskTotals;

/** Sums of task metrics, which saturate instead of overflowing. */
final class TaskSums {
    private final Map<TaskMetric, Long> sums = new EnumMap<>(TaskMetric.class);

    void add(TaskMetric metric, long value) {
        sums.merge(metric, value, (sum, other) -> saturated(sum + other));
    }

    void add(TaskSums other) {
        other.sums.forEach(this::add);
    }

    /** Returns a sum of non-negative numbers, or the maximum if it overflowed and is therefore negative. */
    static long saturated(long sum) {
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    long get(TaskMetric metric) {
        return sums.getOrDefault(metric, 0L);
    }

    TaskTotals toTotals() {
        return new TaskTotals(
                get(TaskMetric.TASKS),
                get(TaskMetric.FAILED),
                milliseconds(TaskMetric.DURATION),
                milliseconds(TaskMetric.RUN_TIME),
                Duration.ofNanos(get(TaskMetric.CPU_NANOSECONDS)),
                milliseconds(TaskMetric.GC_TIME),
                milliseconds(TaskMetric.DESERIALIZATION),
                milliseconds(TaskMetric.SCHEDULER_DELAY),
                milliseconds(TaskMetric.FETCH_WAIT),
                get(TaskMetric.INPUT_BYTES),
                get(TaskMetric.INPUT_ROWS),
                get(TaskMetric.OUTPUT_BYTES),
                get(TaskMetric.OUTPUT_ROWS),
                get(TaskMetric.SHUFFLE_READ_BYTES),
                get(TaskMetric.SHUFFLE_READ_ROWS),
                get(TaskMetric.SHUFFLE_WRITE_BYTES),
                get(TaskMetric.SHUFFLE_WRITE_ROWS),
                get(TaskMetric.MEMORY_SPILLED),
                get(TaskMetric.DISK_SPILLED));
    }

    private Duration milliseconds(TaskMetric metric) {
        return Duration.ofMillis(get(metric));
    }
}
