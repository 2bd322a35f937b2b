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

/** Events as narrow as features need them, so that little goes through the shuffle: pages as numbers, artists and songs as hashes. */
final class EventCodes {
    /** The only page that makes a user a churner. */
    static final String CONFIRMATION = "Cancellation Confirmation";

    static final String CANCEL = "Cancel";
    static final String CANCELLED = "Cancelled";

    static final List<String> OF_CHURN = List.of(CANCEL, CONFIRMATION);

    static final int CHURN = -1;
    static final int PART_OF_CHURN = -2;
    static final int UNSEEN = 0;

    static final StructType SCHEMA = StructType.fromDDL("user_id string, micros bigint, session_id bigint, item int,"
            + " page int, status int, registration bigint, level string, gender string, region string, system string,"
            + " platform string, artist bigint, song bigint, length double");

    private EventCodes() {}

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
                // Songs of one title by two artists are two.
                when(col(EventLog.SONG).isNotNull(), xxhash64(col(EventLog.SONG), col(EventLog.ARTIST)))
                        .as("song"),
                col(EventLog.LENGTH).as("length"));
    }

    /** A page's place in the settings, from 1. */
    private static Column page(FeatureSettings settings) {
        Column name = col(EventLog.PAGE);
        Column place = array_position(lit(settings.pages().toArray(String[]::new)), name)
                .cast("int");
        return when(name.equalTo(CONFIRMATION), CHURN)
                .when(name.equalTo(CANCEL).or(col(EventLog.AUTH).equalTo(CANCELLED)), PART_OF_CHURN)
                .otherwise(coalesce(place, lit(UNSEEN)));
    }

    /** Lets each event know its user's registration, though its own row may lack it: where the cutoff depends on that. */
    static Dataset<Row> withUsersRegistration(Dataset<Row> codes) {
        return codes.withColumn("registration", min("registration").over(Window.partitionBy(EventLog.USER)));
    }
}
