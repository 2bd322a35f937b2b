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
 * Cleans events in one pass over the text and one shuffle by day, the partitioning of the result.
 *
 * <p>Duplicates have the same day, so each is found next to its original in sorted order. Spark can spill the sort
 * to disk.
 */
final class EventCleaner {
    /** Whether an earlier row has the same event. */
    static final String IS_DUPLICATE = "repeated";

    /** The columns that identify an event within its session. */
    private static final String[] IDENTITY = {EventLog.ITEM, EventLog.TIME, EventLog.PAGE};

    /**
     * The columns that identify an event without a session or item number. Sorting by them also makes the choice
     * among duplicates deterministic.
     */
    private static final String[] CONTENT = {
        EventLog.SONG, EventLog.ARTIST, EventLog.LENGTH, EventLog.LEVEL, EventLog.STATUS, EventLog.AUTH, EventLog.METHOD
    };

    // With Spark's 128 MB input partitions, one task handles a day of 8 GB.
    private static final int PARTITIONS_PER_BUCKET = 64;
    private static final int TASKS_PER_CORE = 2;

    private EventCleaner() {}

    /**
     * Returns events and counts of dropped lines, distinguished by {@link LineParser#REASON}, {@link
     * LineCleaner#LINES} and {@link #IS_DUPLICATE}.
     */
    static Dataset<Row> classify(Dataset<String> lines) {
        int partitions = lines.rdd().getNumPartitions();
        int buckets = 1 + partitions / PARTITIONS_PER_BUCKET;
        long nowMillis = System.currentTimeMillis();
        int cores = lines.sparkSession().sparkContext().defaultParallelism();
        Dataset<Row> rows = lines.mapPartitions(
                        (MapPartitionsFunction<String, Row>)
                                partition -> new LineParser(buckets, nowMillis).of(partition),
                        Encoders.row(LineParser.SCHEMA))
                .withColumn(EventLog.DATE, expr("date_from_unix_date(" + LineParser.DAY + ")"))
                .withColumn(EventLog.TIME, expr("timestamp_millis(" + EventLog.TIME + ")"))
                .withColumn(EventLog.REGISTRATION, expr("timestamp_millis(" + EventLog.REGISTRATION + ")"))
                .repartition(Math.max(partitions, TASKS_PER_CORE * cores), col(EventLog.DATE), col(LineParser.BUCKET));
        return rows.withColumn(IS_DUPLICATE, isDuplicate());
    }

    /** Returns the events only, with the columns of {@link EventLog#SCHEMA}. */
    static Dataset<Row> events(Dataset<Row> classified) {
        return classified
                .where(col(LineParser.REASON).isNull().and(not(col(IS_DUPLICATE))))
                .select(Arrays.stream(EventLog.SCHEMA.fieldNames())
                        .map(name -> col(name))
                        .toArray(Column[]::new));
    }

    private static Column isDuplicate() {
        // Date and bucket come first, because the rows are already partitioned and will be written by them.
        WindowSpec session = Window.partitionBy(EventLog.DATE, LineParser.BUCKET, EventLog.USER, EventLog.SESSION)
                .orderBy(Stream.concat(Arrays.stream(IDENTITY), Arrays.stream(CONTENT))
                        .map(name -> col(name))
                        .toArray(Column[]::new));
        Column hasSessionAndItem =
                col(EventLog.SESSION).isNotNull().and(col(EventLog.ITEM).isNotNull());
        return col(LineParser.REASON)
                .isNull()
                .and(equalsPrevious(session, IDENTITY))
                .and(hasSessionAndItem.or(equalsPrevious(session, CONTENT)));
    }

    private static Column equalsPrevious(WindowSpec session, String... names) {
        return Arrays.stream(names)
                .map(name -> lag(name, 1).over(session).eqNullSafe(col(name)))
                .reduce(Column::and)
                .orElseThrow();
    }
}
