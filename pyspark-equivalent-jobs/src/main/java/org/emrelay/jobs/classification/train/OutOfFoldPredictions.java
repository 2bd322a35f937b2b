package org.emrelay.jobs.classification.train;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.ModelKind;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.tables.OutputDirectory;

/** Writes the out-of-fold predictions of the training rows, for evaluation without held-out rows. */
final class OutOfFoldPredictions {
    private static final StructType SCHEMA = new StructType()
            .add(ModelColumns.MODEL, DataTypes.StringType)
            .add(ModelColumns.ID, DataTypes.StringType)
            .add(ModelColumns.LABEL, DataTypes.DoubleType)
            .add(ModelColumns.PROBABILITY, DataTypes.DoubleType);

    private OutOfFoldPredictions() {}

    /** Appends the predictions of one model; probabilities are in the order of folds and their validation rows. */
    static void write(OutputDirectory output, ModelKind kind, List<FoldVectors> folds, double[] probabilities) {
        List<Row> rows = new ArrayList<>();
        for (FoldVectors fold : folds) {
            for (int row = 0; row < fold.ids().size(); row++) {
                rows.add(RowFactory.create(
                        kind.toString(),
                        fold.ids().get(row),
                        fold.positive()[row] ? 1.0 : 0.0,
                        probabilities[rows.size()]));
            }
        }
        output.subdirectory(TrainedModels.OUT_OF_FOLD)
                .writeParquet(folds.get(0)
                        .session()
                        .createDataFrame(rows, SCHEMA)
                        .coalesce(StratifiedSplit.partitions(rows.size())));
    }
}
