package org.emrelay.jobs.topics.combine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.emrelay.tables.UserFault;

/** The posts of all hours in a manifest. */
public final class CombinedPosts {
    public static final String ID = "id";
    public static final String TIME = "time";
    public static final String TEXT = "text";

    /** Null if unknown. */
    public static final String LANG = "lang";

    public static final String REPOST = "repost";

    /** The id of the original; null if unknown. */
    public static final String REPOST_OF = "repost_of";

    /** The hour in UTC, such as {@code 2026-11-20T13}. */
    public static final String HOUR = "hour";

    /** The columns that other steps read. */
    public static final StructType SCHEMA =
            StructType.fromDDL("id string, time timestamp, text string, lang string, repost boolean, repost_of string");

    /** A hash of the id, to find duplicates in earlier hours without reading their ids. */
    static final String ID_HASH = "id_hash";

    static final StructType FILE_SCHEMA = SCHEMA.add(ID_HASH, "bigint");

    /** The hour of {@link #TIME} in UTC, regardless of the session's time zone. */
    static final Column HOUR_OF_TIME =
            expr("concat(date_from_unix_date(cast(floor(unix_seconds(time) / 86400) as int)), 'T',"
                    + " lpad(pmod(floor(unix_seconds(time) / 3600), 24), 2, '0'))");

    private CombinedPosts() {}

    /** Reads the output of {@link CombinePosts}: the columns of {@link #SCHEMA} and {@link #HOUR}. */
    public static Dataset<Row> read(SparkSession session, String flag, String uri) {
        Manifest manifest = Manifest.read(session, flag, uri);
        try {
            return read(session, manifest.hours(), SCHEMA).withColumn(HOUR, HOUR_OF_TIME);
        } catch (Exception failed) {
            // Spark's Scala API throws checked exceptions without declaring them.
            if (failed instanceof AnalysisException missing && "PATH_NOT_FOUND".equals(missing.getErrorClass())) {
                throw new UserFault(flag + ": an hour of " + uri + " has been deleted. Run the step 'combine' again. ("
                        + missing.getSimpleMessage() + ")");
            }
            throw failed;
        }
    }

    /**
     * Reads the files of these hours.
     *
     * @param schema the columns to read
     */
    static Dataset<Row> read(SparkSession session, List<HourFolder> hours, StructType schema) {
        if (hours.isEmpty()) {
            return session.createDataFrame(List.of(), schema);
        }
        return session.read()
                .schema(schema)
                .parquet(hours.stream().map(HourFolder::uri).toArray(String[]::new));
    }

    static Column[] columns(StructType schema) {
        return Arrays.stream(schema.fieldNames()).map(name -> col(name)).toArray(Column[]::new);
    }
}
