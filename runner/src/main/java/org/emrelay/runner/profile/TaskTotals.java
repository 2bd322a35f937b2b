package org.emrelay.runner.profile;

import java.time.Duration;
import java.util.Objects;

/**
 * The sums of task metrics. Bytes and rows are those that Spark counts: sources that do not report them count as 0.
 *
 * @param tasks the number of tasks that ended, whatever their outcome
 * @param failed the number of failed tasks, without killed ones
 * @param duration the time from launch to finish
 * @param runTime the time that executors spent running the tasks' code
 * @param schedulerDelay the time waiting for the start and for the transfer of the result
 * @param fetchWait the time waiting for shuffle blocks
 * @param memorySpilled the size of spilled data in memory, in bytes
 * @param diskSpilled the size of spilled data on disk, in bytes
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
