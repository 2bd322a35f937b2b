package org.emrelay.jobs.topics.model;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.tables.UserFault;

/** Reads the output of the step that filters posts. */
public final class KeptPosts {
    private KeptPosts() {}

    public static Dataset<Row> posts(SparkSession session, String flag, String uri) {
        return read(session, flag, uri, "posts");
    }

    /** Reads the duplicates of kept posts. The column {@code original} contains the id of the kept post. */
    public static Dataset<Row> duplicates(SparkSession session, String flag, String uri) {
        return read(session, flag, uri, "duplicates");
    }

    private static Dataset<Row> read(SparkSession session, String flag, String uri, String table) {
        try {
            return session.read().parquet(new Path(uri, table).toString());
        } catch (Exception failed) {
            // Spark's Scala API throws checked exceptions without declaring them.
            if (failed instanceof AnalysisException) {
                throw new UserFault(flag + ": " + uri + " has no table '" + table
                        + "'. Pass the output of the step that filters the posts.");
            }
            throw failed;
        }
    }
}
