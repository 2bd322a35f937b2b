package org.emrelay.jobs.churn.features;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Builds feature rows like the job, without its files. */
final class FeatureRows {
    private FeatureRows() {}

    static Dataset<Row> labelled(Dataset<Row> events, FeatureSettings settings) {
        return UserFeatures.eligible(UserTable.labelled(events, settings, LogSummary.of(events)));
    }

    static Dataset<Row> unlabelled(Dataset<Row> events, FeatureSettings settings) {
        return labelled(events, settings).drop(UserFeatures.LABEL);
    }
}
