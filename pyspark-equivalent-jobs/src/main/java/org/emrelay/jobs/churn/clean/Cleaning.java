package org.emrelay.jobs.churn.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.not;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * The way from lines to events: one pass over the text and one shuffle, by day, as the result is parted. What happened twice
 * happened on one day, so that it is found there by its neighbour in a sorted order, for which Spark spills where memory ends.
 */
final class Cleaning {
    /** Whether a row is an event that an earlier row has told already. */
    static final String REPEATED = "repeated";

    /** What makes an event of a session the one that it is. */
    private static final String[] PLACE = {EventLog.ITEM, EventLog.TIME, EventLog.PAGE};

    /** What decides where that is not known, and which of two that differ in it stays: the same one each time. */
    private static final String[] CONTENT = {
        EventLog.SONG, EventLog.ARTIST, EventLog.LENGTH, EventLog.LEVEL, EventLog.STATUS, EventLog.AUTH, EventLog.METHOD
    };

    // With Spark's parts of 128 MB that is a day of 8 GB in one task.
    private static final int PARTS_A_BUCKET = 64;
    private static final int TASKS_A_CORE = 2;

    private Cleaning() {}

    /** Events and counts of what is none, all with {@link LineCleaner#REASON}, {@link LineCleaner#LINES} and {@link #REPEATED}. */
    static Dataset<Row> marked(Dataset<String> lines) {
        int parts = lines.rdd().getNumPartitions();
        int buckets = 1 + parts / PARTS_A_BUCKET;
        long now = System.currentTimeMillis();
        int cores = lines.sparkSession().sparkContext().defaultParallelism();
        Dataset<Row> rows = lines.mapPartitions(
                        (MapPartitionsFunction<String, Row>) part -> new LineCleaner(buckets, now).of(part),
                        Encoders.row(LineCleaner.SCHEMA))
                .withColumn(EventLog.DATE, expr("date_from_unix_date(" + LineCleaner.DAY + ")"))
                .withColumn(EventLog.TIME, expr("timestamp_millis(" + EventLog.TIME + ")"))
                .withColumn(EventLog.REGISTRATION, expr("timestamp_millis(" + EventLog.REGISTRATION + ")"))
                .repartition(Math.max(parts, TASKS_A_CORE * cores), col(EventLog.DATE), col(LineCleaner.BUCKET));
        return rows.withColumn(REPEATED, repeated());
    }

    /** Events alone, with the columns of {@link EventLog#SCHEMA}. */
    static Dataset<Row> events(Dataset<Row> marked) {
        return marked.where(col(LineCleaner.REASON).isNull().and(not(col(REPEATED))))
                .select(Arrays.stream(EventLog.SCHEMA.fieldNames())
                        .map(name -> col(name))
                        .toArray(Column[]::new));
    }

    private static Column repeated() {
        // Date and bucket come first: by them the rows lie where they are, and are written.
        WindowSpec session = Window.partitionBy(EventLog.DATE, LineCleaner.BUCKET, EventLog.USER, EventLog.SESSION)
                .orderBy(Stream.concat(Arrays.stream(PLACE), Arrays.stream(CONTENT))
                        .map(name -> col(name))
                        .toArray(Column[]::new));
        Column isNumbered =
                col(EventLog.SESSION).isNotNull().and(col(EventLog.ITEM).isNotNull());
        return col(LineCleaner.REASON)
                .isNull()
                .and(asBefore(session, PLACE))
                .and(isNumbered.or(asBefore(session, CONTENT)));
    }

    private static Column asBefore(WindowSpec session, String... names) {
        return Arrays.stream(names)
                .map(name -> lag(name, 1).over(session).eqNullSafe(col(name)))
                .reduce(Column::and)
                .orElseThrow();
    }
}
