package org.emrelay.jobs;

import org.apache.spark.sql.SparkSession;

/** Into how many parts work is cut that is made up from nothing, where no file's size says it. */
public final class Partitioning {
    private static final long MOST = 20_000;

    private Partitioning() {}

    /**
     * One for every core, fewer where there is too little to do, more where a part would be too large.
     *
     * @param smallest below which a part is not worth a task of its own
     * @param largest above which one would be too much to read, or to do again, in one go
     */
    public static int of(SparkSession session, long work, long smallest, long largest) {
        long fewest = work / largest + 1;
        long most = work / smallest + 1;
        long cores = session.sparkContext().defaultParallelism();
        return (int) Math.min(MOST, Math.max(fewest, Math.min(most, cores)));
    }
}
