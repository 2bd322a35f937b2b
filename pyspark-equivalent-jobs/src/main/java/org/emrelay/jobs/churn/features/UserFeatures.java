package org.emrelay.jobs.churn.features;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.churn.clean.EventLog;

/** The columns of the feature table that other jobs rely on. */
public final class UserFeatures {
    public static final String USER = EventLog.USER;
    public static final String LABEL = "label";

    private UserFeatures() {}

    /** Returns the eligible users of a {@link UserTable}, without its internal columns. */
    static Dataset<Row> eligible(Dataset<Row> users) {
        return users.where(col(UserRowBuilder.EXCLUSION_REASON).isNull())
                .drop(UserRowBuilder.EXCLUSION_REASON, UserRowBuilder.HAS_CHURNED, UserRowBuilder.HABITS);
    }
}
