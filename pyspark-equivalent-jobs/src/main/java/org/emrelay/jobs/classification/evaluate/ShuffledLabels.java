package org.emrelay.jobs.classification.evaluate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.random.KeyedRandom;

/**
 * The training and held-out rows with permuted labels.
 *
 * <p>Only an id on both sides of the split remains predictable, because it has the same labels on both.
 *
 * @param heldOutPermutation permutes the held-out labels again, for the null distribution
 */
record ShuffledLabels(Dataset<Row> training, Dataset<Row> heldOut, LabelPermutation heldOutPermutation) {
    private static final String NUMBER = "_number_";

    private static final StructType LABELS =
            new StructType().add(NUMBER, DataTypes.LongType).add(ModelColumns.LABEL, DataTypes.DoubleType);

    /** Collects the id and label of each row to the driver, as the evaluation does anyway. */
    static ShuffledLabels of(Dataset<Row> training, Dataset<Row> heldOut, long seed) {
        Dataset<Row> trainingRows = training.withColumn(NUMBER, monotonically_increasing_id());
        Dataset<Row> heldOutRows = heldOut.withColumn(NUMBER, monotonically_increasing_id());
        List<Row> trainingLabels = collected(trainingRows);
        List<Row> heldOutLabels = collected(heldOutRows);
        List<Row> allLabels = new ArrayList<>(trainingLabels);
        allLabels.addAll(heldOutLabels);
        boolean[] permuted = LabelPermutation.of(
                        ids(allLabels), positive(allLabels), row -> row < trainingLabels.size())
                .permutedLabels(new KeyedRandom(seed, 0, allLabels.size()));
        return new ShuffledLabels(
                labelled(trainingRows, trainingLabels, permuted, 0),
                labelled(heldOutRows, heldOutLabels, permuted, trainingLabels.size()),
                LabelPermutation.of(ids(heldOutLabels), positive(heldOutLabels), row -> false));
    }

    private static List<Row> collected(Dataset<Row> numbered) {
        return numbered.select(col(NUMBER), col(ModelColumns.ID).cast(DataTypes.StringType), col(ModelColumns.LABEL))
                .collectAsList();
    }

    private static List<String> ids(List<Row> rows) {
        return rows.stream().map(row -> String.valueOf(row.getString(1))).toList();
    }

    private static boolean[] positive(List<Row> rows) {
        boolean[] positive = new boolean[rows.size()];
        for (int row = 0; row < positive.length; row++) {
            positive[row] = rows.get(row).getDouble(2) > 0.5;
        }
        return positive;
    }

    private static Dataset<Row> labelled(Dataset<Row> numbered, List<Row> rows, boolean[] permuted, int offset) {
        List<Row> labels = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            labels.add(RowFactory.create(rows.get(row).getLong(0), permuted[offset + row] ? 1.0 : 0.0));
        }
        return numbered.drop(ModelColumns.LABEL)
                .join(broadcast(numbered.sparkSession().createDataFrame(labels, LABELS)), NUMBER)
                .drop(NUMBER);
    }
}
