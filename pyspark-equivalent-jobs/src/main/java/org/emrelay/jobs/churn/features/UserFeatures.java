package org.emrelay.jobs.churn.features;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.churn.clean.EventLog;

/** The table of users that others work on: who it is about, the features, and the label. */
public final class UserFeatures {
    public static final String USER = EventLog.USER;
    public static final String LABEL = "label";

    private UserFeatures() {}

    /** Of a {@link UserTable} those who are not left out, and what is to be known of them. */
    static Dataset<Row> kept(Dataset<Row> users) {
        return users.where(col(UserPass.REASON).isNull()).drop(UserPass.REASON, UserPass.HAS_CHURNED, UserPass.HABITS);
    }
}
