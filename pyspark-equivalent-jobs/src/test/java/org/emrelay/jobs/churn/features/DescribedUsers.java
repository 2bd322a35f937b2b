package org.emrelay.jobs.churn.features;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Users as the job describes them, without its files. */
final class DescribedUsers {
    private DescribedUsers() {}

    static Dataset<Row> labelled(Dataset<Row> events, FeatureSettings settings) {
        return UserFeatures.kept(UserTable.labelled(events, settings, LogCensus.of(events)));
    }

    static Dataset<Row> unlabelled(Dataset<Row> events, FeatureSettings settings) {
        return labelled(events, settings).drop(UserFeatures.LABEL);
    }
}
