package org.emrelay.jobs.churn.features;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.churn.clean.EventLog;

/** Encodes events compactly for the shuffle: pages as numbers, artists and songs as hashes. */
final class EncodedEvents {
    /** The page that marks a user as churned. */
    static final String CONFIRMATION_PAGE = "Cancellation Confirmation";

    static final String CANCEL_PAGE = "Cancel";
    static final String CANCELLED_AUTH = "Cancelled";

    static final List<String> CHURN_PAGES = List.of(CANCEL_PAGE, CONFIRMATION_PAGE);

    static final int CHURN = -1;
    static final int CANCELLATION_STEP = -2;
    static final int UNKNOWN_PAGE = 0;

    static final StructType SCHEMA = StructType.fromDDL("user_id string, micros bigint, session_id bigint, item int,"
            + " page int, status int, registration bigint, level string, gender string, region string, system string,"
            + " platform string, artist bigint, song bigint, length double");

    private EncodedEvents() {}

    static Dataset<Row> of(Dataset<Row> events, FeatureSettings settings) {
        return events.select(
                col(EventLog.USER).as("user_id"),
                unix_micros(col(EventLog.TIME)).as("micros"),
                coalesce(col(EventLog.SESSION), lit(Long.MIN_VALUE)).as("session_id"),
                coalesce(col(EventLog.ITEM), lit(0)).as("item"),
                page(settings).as("page"),
                col(EventLog.STATUS).as("status"),
                unix_micros(col(EventLog.REGISTRATION)).as("registration"),
                col(EventLog.LEVEL).as("level"),
                col(EventLog.GENDER).as("gender"),
                col(EventLog.REGION).as("region"),
                col(EventLog.SYSTEM).as("system"),
                col(EventLog.PLATFORM).as("platform"),
                when(col(EventLog.ARTIST).isNotNull(), xxhash64(col(EventLog.ARTIST)))
                        .as("artist"),
                // Songs with the same title by different artists are different songs.
                when(col(EventLog.SONG).isNotNull(), xxhash64(col(EventLog.SONG), col(EventLog.ARTIST)))
                        .as("song"),
                col(EventLog.LENGTH).as("length"));
    }

    /** Returns the 1-based index of the page in the settings. */
    private static Column page(FeatureSettings settings) {
        Column name = col(EventLog.PAGE);
        Column pageNumber = array_position(lit(settings.pages().toArray(String[]::new)), name)
                .cast("int");
        return when(name.equalTo(CONFIRMATION_PAGE), CHURN)
                .when(name.equalTo(CANCEL_PAGE).or(col(EventLog.AUTH).equalTo(CANCELLED_AUTH)), CANCELLATION_STEP)
                .otherwise(coalesce(pageNumber, lit(UNKNOWN_PAGE)));
    }

    /** Copies the registration of the user to all of the user's events, for cutoffs relative to it. */
    static Dataset<Row> withRegistrationOfUser(Dataset<Row> encoded) {
        return encoded.withColumn("registration", min("registration").over(Window.partitionBy(EventLog.USER)));
    }
}
