package org.emrelay.jobs.churn.features;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.churn.clean.EventLog;

/** Builds the rows of all users in one pass, with a single shuffle of the events. */
final class UserTable {
    private static final Column[] ORDER = {col("micros"), col("session_id"), col("item"), col("page")};
    private static final long EVENTS_PER_PARTITION = 200_000;

    private UserTable() {}

    /** Builds rows for training, with a label or the reason for exclusion. */
    static Dataset<Row> labelled(Dataset<Row> events, FeatureSettings settings, LogSummary log) {
        long end = isPerUser(settings) ? log.end() : Eligibility.Rule.ENDLESS;
        return build(events, settings, log, Eligibility.Purpose.TRAINING, end);
    }

    /** Builds rows for scoring, without labels. */
    static Dataset<Row> current(Dataset<Row> events, FeatureSettings settings, LogSummary log) {
        return build(events, settings, log, Eligibility.Purpose.SCORING, log.end());
    }

    private static Dataset<Row> build(
            Dataset<Row> events, FeatureSettings settings, LogSummary log, Eligibility.Purpose purpose, long end) {
        long window = settings.windowDays() * Utc.DAY;
        Eligibility.Rule rule = new Eligibility.Rule(purpose, window, Utc.micros(log.first()), end);
        UserRowBuilder userPass = new UserRowBuilder(settings, rule);
        Dataset<Row> encoded =
                EncodedEvents.of(events, settings).repartition(partitions(events, log.events()), col(EventLog.USER));
        return (isPerUser(settings) ? EncodedEvents.withRegistrationOfUser(encoded) : encoded)
                .groupBy(EventLog.USER)
                .as(Encoders.STRING(), Encoders.row(EncodedEvents.SCHEMA))
                .flatMapSortedGroups(ORDER, userPass, Encoders.row(userPass.schema()));
    }

    private static boolean isPerUser(FeatureSettings settings) {
        return settings.cutoff() instanceof Cutoff.AfterRegistration;
    }

    /** A cached table keeps the partitions of its shuffle; the default of 200 is too many for a small log. */
    private static int partitions(Dataset<Row> events, long count) {
        int cores = events.sparkSession().sparkContext().defaultParallelism();
        return (int) Math.max(cores, count / EVENTS_PER_PARTITION + 1);
    }
}
