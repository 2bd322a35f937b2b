package org.emrelay.runner.profile;

import org.jspecify.annotations.Nullable;

/**
 * The resources and settings of an application, as Spark resolved them.
 *
 * @param local whether the driver is the only executor
 * @param executors the fixed number of executors; null with dynamic allocation or if unknown
 * @param cores the cores of each executor
 * @param executorMemory the heap of each executor, in bytes
 * @param executorOverhead the memory of a container outside the heap, in bytes; null for Spark's default
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
