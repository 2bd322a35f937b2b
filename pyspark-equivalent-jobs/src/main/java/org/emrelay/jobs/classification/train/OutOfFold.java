package org.emrelay.jobs.classification.train;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.ModelKind;
import org.emrelay.jobs.classification.models.TrainedModels;

/** The chances that models gave to training rows which they had not seen: a judgement that needs no held-out rows. */
final class OutOfFold {
    private static final StructType SCHEMA = new StructType()
            .add(ModelColumns.MODEL, DataTypes.StringType)
            .add(ModelColumns.ID, DataTypes.StringType)
            .add(ModelColumns.LABEL, DataTypes.DoubleType)
            .add(ModelColumns.CHANCE, DataTypes.DoubleType);

    private OutOfFold() {}

    /** Beside those of other models; the chances are in the order of the folds and of their held rows. */
    static void write(OutputDirectory output, ModelKind kind, List<FoldVectors> folds, double[] chances) {
        List<Row> rows = new ArrayList<>();
        for (FoldVectors fold : folds) {
            for (int row = 0; row < fold.ids().size(); row++) {
                rows.add(RowFactory.create(
                        kind.toString(), fold.ids().get(row), fold.positive()[row] ? 1.0 : 0.0, chances[rows.size()]));
            }
        }
        output.below(TrainedModels.OUT_OF_FOLD)
                .writeParquet(folds.get(0)
                        .held()
                        .sparkSession()
                        .createDataFrame(rows, SCHEMA)
                        .coalesce(RowSplit.partitions(rows.size())));
    }
}
