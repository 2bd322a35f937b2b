package org.emrelay.runner.profile;

import java.time.Duration;
import java.util.Objects;

/**
 * The sums of the metrics of tasks. Bytes and rows are those that Spark counts: sources that do not report them count as nothing.
 *
 * @param tasks how many ended, whatever their outcome
 * @param failed how many failed; killed tasks are not among them
 * @param duration from launch to finish
 * @param runTime what executors spent in the tasks' code
 * @param schedulerDelay waiting to be started and for the result to arrive
 * @param fetchWait waiting for shuffle blocks
 * @param memorySpilled bytes in memory that were spilled
 * @param diskSpilled bytes that spilling wrote
 */
public record TaskTotals(
        long tasks,
        long failed,
        Duration duration,
        Duration runTime,
        Duration cpuTime,
        Duration gcTime,
        Duration deserialization,
        Duration schedulerDelay,
        Duration fetchWait,
        long inputBytes,
        long inputRows,
        long outputBytes,
        long outputRows,
        long shuffleReadBytes,
        long shuffleReadRows,
        long shuffleWriteBytes,
        long shuffleWriteRows,
        long memorySpilled,
        long diskSpilled) {
    public TaskTotals {
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(runTime, "runTime");
        Objects.requireNonNull(cpuTime, "cpuTime");
        Objects.requireNonNull(gcTime, "gcTime");
        Objects.requireNonNull(deserialization, "deserialization");
        Objects.requireNonNull(schedulerDelay, "schedulerDelay");
        Objects.requireNonNull(fetchWait, "fetchWait");
    }
}
