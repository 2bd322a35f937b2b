package org.sparkpipelines.jobs.churn.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import java.sql.Timestamp;
import java.util.SortedMap;
import java.util.TreeMap;
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
        return unlabelled(cleanedEvents, settings).withColumn(LABEL, lit(0.0));
    }

    /** Features of every user who has not cancelled before the cutoff, without a label: what comes after it need not be known. */
    public static Dataset<Row> unlabelled(Dataset<Row> cleanedEvents, FeatureSettings settings) {
        return cleanedEvents.select(USER).distinct();
    }

    /** As of the end of the log: the moment after its last event. */
    public static FeatureSettings atEnd(Dataset<Row> cleanedEvents, FeatureSettings settings) {
        Timestamp last =
                cleanedEvents.agg(max(EventLog.TIME)).as("last").first().getTimestamp(0);
        return settings.at(last.toInstant().plusNanos(1_000));
    }

    /** Pages that the settings do not know, and how often they occur: they are passed over. */
    public static SortedMap<String, Long> unseenPages(Dataset<Row> cleanedEvents, FeatureSettings settings) {
        SortedMap<String, Long> unseen = new TreeMap<>();
        for (Row page : cleanedEvents
                .where(col(EventLog.PAGE).isNotNull())
                .groupBy(EventLog.PAGE)
                .agg(count(lit(1)))
                .collectAsList()) {
            unseen.put(page.getString(0), page.getLong(1));
        }
        unseen.keySet().removeAll(settings.pages());
        return unseen;
    }
}
