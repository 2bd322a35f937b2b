package org.emrelay.runner.profile;

import org.jspecify.annotations.Nullable;

/**
 * The resources and settings with which the application was started, as Spark resolved them.
 *
 * @param local whether the driver is the only executor
 * @param executors the fixed number of executors; null if it was allocated dynamically or is not known
 * @param cores of each executor
 * @param executorMemory the heap of each executor, in bytes
 * @param executorOverhead what a container has beside the heap, in bytes; null if it is Spark's default
 * @param driverMemory the heap of the driver, in bytes
 * @param shufflePartitions {@code spark.sql.shuffle.partitions}
 */
public record Requested(
        boolean local,
        @Nullable Integer executors,
        int cores,
        long executorMemory,
        @Nullable Long executorOverhead,
        long driverMemory,
        int shufflePartitions,
        boolean adaptive,
        boolean dynamicAllocation) {}
