package org.sparkpipelines.jobs.churn.features;

import static org.apache.spark.sql.functions.col;

import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkpipelines.jobs.churn.clean.EventLog;

/** Makes one row a user of cleaned events: what is known before the cutoff, and whether the user cancels in the window after it. */
public final class UserFeatures {
    public static final String USER = EventLog.USER;
    public static final String LABEL = "label";

    private UserFeatures() {}

    /** Features and label of every user who can be learnt from. */
    public static Dataset<Row> of(Dataset<Row> cleanedEvents, FeatureSettings settings) {
        return kept(
                UserTable.labelled(EventCodes.of(cleanedEvents, settings), settings, logEnd(cleanedEvents, settings)));
    }

    /** Features of every user who has not cancelled before the cutoff, without a label: what comes after it need not be known. */
    public static Dataset<Row> unlabelled(Dataset<Row> cleanedEvents, FeatureSettings settings) {
        return kept(UserTable.unlabelled(
                        EventCodes.of(cleanedEvents, settings), settings, logEnd(cleanedEvents, settings)))
                .drop(LABEL);
    }

    /** The same settings as of the end of a log: the moment after its last event. */
    public static FeatureSettings atEnd(Dataset<Row> cleanedEvents, FeatureSettings settings) {
        return settings.at(Utc.instant(UserTable.logEnd(cleanedEvents)));
    }

    /** Pages that the settings do not know, and how often they occur: their events are passed over. */
    public static SortedMap<String, Long> unseenPages(Dataset<Row> cleanedEvents, FeatureSettings settings) {
        return LogCensus.of(cleanedEvents).unseenPages(settings);
    }

    /** A pass over the log only where it matters. */
    private static long logEnd(Dataset<Row> events, FeatureSettings settings) {
        return settings.cutoff() instanceof Cutoff.AfterRegistration ? UserTable.logEnd(events) : Standing.Rule.ENDLESS;
    }

    static Dataset<Row> kept(Dataset<Row> users) {
        return users.where(col(UserPass.REASON).isNull()).drop(UserPass.REASON, UserPass.HAS_CHURNED, UserPass.HABITS);
    }
}
