package org.sparkpipelines.jobs.churn.features;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.sparkpipelines.jobs.churn.clean.EventLog;

/** All users of a log ({@link EventCodes}) with what can be said of them, in one pass: events go through a single shuffle, to their user and in order. */
final class UserTable {
    private static final Column[] ORDER = {col("micros"), col("session_id"), col("item"), col("page")};

    private UserTable() {}

    /** For learning: with a label, or the reason why there is none. */
    static Dataset<Row> labelled(Dataset<Row> codes, FeatureSettings settings, long logEnd) {
        boolean isEach = settings.cutoff() instanceof Cutoff.AfterRegistration;
        return pass(
                codes,
                settings,
                new Standing.Rule(settings.windowDays() * Utc.DAY, isEach ? logEnd : Standing.Rule.ENDLESS));
    }

    /** For scoring: nothing after the cutoff need be known. */
    static Dataset<Row> unlabelled(Dataset<Row> codes, FeatureSettings settings, long logEnd) {
        return pass(codes, settings, new Standing.Rule(0, logEnd));
    }

    /** The moment after the last event. */
    static long logEnd(Dataset<Row> events) {
        Row last = events.agg(functions.max(functions.unix_micros(col(EventLog.TIME))))
                .first();
        return last.isNullAt(0) ? Long.MIN_VALUE : last.getLong(0) + 1;
    }

    private static Dataset<Row> pass(Dataset<Row> codes, FeatureSettings settings, Standing.Rule rule) {
        UserPass pass = new UserPass(settings, rule);
        boolean isEach = settings.cutoff() instanceof Cutoff.AfterRegistration;
        return (isEach ? EventCodes.withUsersRegistration(codes) : codes)
                .groupBy(EventLog.USER)
                .as(Encoders.STRING(), Encoders.row(EventCodes.SCHEMA))
                .flatMapSortedGroups(ORDER, pass, Encoders.row(pass.schema()));
    }
}
