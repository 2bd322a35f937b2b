package org.emrelay.jobs.churn.features;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.churn.clean.EventLog;

/** All users of a log with what can be said of them, in one pass: events go through a single shuffle, to their user and in order. */
final class UserTable {
    private static final Column[] ORDER = {col("micros"), col("session_id"), col("item"), col("page")};
    private static final long EVENTS_IN_A_PARTITION = 200_000;

    private UserTable() {}

    /** For learning: with a label, or the reason why there is none. */
    static Dataset<Row> labelled(Dataset<Row> events, FeatureSettings settings, LogCensus log) {
        long end = isEach(settings) ? log.end() : Standing.Rule.ENDLESS;
        return pass(events, settings, log, Standing.Purpose.LEARNING, end);
    }

    /** For scoring: nothing after the cutoff need be known. */
    static Dataset<Row> current(Dataset<Row> events, FeatureSettings settings, LogCensus log) {
        return pass(events, settings, log, Standing.Purpose.SCORING, log.end());
    }

    private static Dataset<Row> pass(
            Dataset<Row> events, FeatureSettings settings, LogCensus log, Standing.Purpose purpose, long end) {
        long window = settings.windowDays() * Utc.DAY;
        Standing.Rule rule = new Standing.Rule(purpose, window, Utc.micros(log.first()), end);
        UserPass pass = new UserPass(settings, rule);
        Dataset<Row> codes =
                EventCodes.of(events, settings).repartition(partitions(events, log.events()), col(EventLog.USER));
        return (isEach(settings) ? EventCodes.withUsersRegistration(codes) : codes)
                .groupBy(EventLog.USER)
                .as(Encoders.STRING(), Encoders.row(EventCodes.SCHEMA))
                .flatMapSortedGroups(ORDER, pass, Encoders.row(pass.schema()));
    }

    private static boolean isEach(FeatureSettings settings) {
        return settings.cutoff() instanceof Cutoff.AfterRegistration;
    }

    /** What is cached keeps the partitions of its shuffle, and two hundred cost more than the work where a log is small. */
    private static int partitions(Dataset<Row> events, long count) {
        int cores = events.sparkSession().sparkContext().defaultParallelism();
        return (int) Math.max(cores, count / EVENTS_IN_A_PARTITION + 1);
    }
}
