package org.emrelay.jobs.delivery.train;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;
import org.emrelay.jobs.learning.FeatureNames;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.UserFault;

/** The training and validation tables of the features steps, verified to share one pipeline. */
record FeatureTables(Dataset<Row> training, Dataset<Row> validation, List<String> names) {
    private static final List<String> COLUMNS = Stream.concat(
                    DeliveryFeatureColumns.REPORTED.stream(),
                    Stream.of(
                            DeliveryFeatureColumns.EXPECTED,
                            DeliveryFeatureColumns.ACTUAL,
                            DeliveryFeatureColumns.FEATURES))
            .toList();

    FeatureTables {
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(validation, "validation");
        names = List.copyOf(names);
    }

    static FeatureTables read(SparkSession session, String training, String validation) {
        Dataset<Row> trainingTable = table(session, "--training-features", training);
        Dataset<Row> validationTable = table(session, "--validation-features", validation);
        List<String> names = FeatureNames.of(trainingTable, DeliveryFeatureColumns.FEATURES);
        if (!FeatureNames.of(validationTable, DeliveryFeatureColumns.FEATURES).equals(names)) {
            throw new UserFault("--validation-features: " + validation + " was created by another pipeline than "
                    + training + ". Create it with the --pipeline-model of the training features.");
        }
        return new FeatureTables(trainingTable.cache(), validationTable.cache(), names);
    }

    private static Dataset<Row> table(SparkSession session, String flag, String uri) {
        InputTable table = InputTable.readParquet(session, flag, uri);
        COLUMNS.forEach(name -> table.column(flag, name));
        if (table.rows().isEmpty()) {
            throw new UserFault(flag + ": " + uri + " contains no orders.");
        }
        return table.rows().where(col(DeliveryFeatureColumns.ACTUAL).isNotNull());
    }
}
