package org.emrelay.jobs;

import org.apache.spark.sql.SparkSession;

/** Chooses the number of partitions for generated data, which has no input files to derive it from. */
public final class Partitioning {
    private static final long MAX_PARTITIONS = 20_000;

    private Partitioning() {}

    /**
     * Returns one partition per core, fewer if there is little work, more if a partition would become too large.
     *
     * @param minPerPartition the work below which a partition is not worth a task
     * @param maxPerPartition the work above which a partition is too expensive to read or to recompute
     */
    public static int partitionCount(SparkSession session, long work, long minPerPartition, long maxPerPartition) {
        long fewest = work / maxPerPartition + 1;
        long most = work / minPerPartition + 1;
        long cores = session.sparkContext().defaultParallelism();
        return (int) Math.min(MAX_PARTITIONS, Math.max(fewest, Math.min(most, cores)));
    }
}
