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
import org.emrelay.jobs.random.Dice;
import org.emrelay.jobs.classification.models.ModelColumns;

/**
 * The rows of both sides with labels that mean nothing: what could still be learnt of them is an id that is on both sides, for it has
 * the same labels on both.
 *
 * @param heldOutDeal by which the held-out rows came to their labels, to deal them out again
 */
record ShuffledLabels(Dataset<Row> training, Dataset<Row> heldOut, LabelPermutation heldOutDeal) {
    private static final String NUMBER = "_number_";

    private static final StructType LABELS =
            new StructType().add(NUMBER, DataTypes.LongType).add(ModelColumns.LABEL, DataTypes.DoubleType);

    /** Collects an id and a label a row, as evaluating does anyhow. */
    static ShuffledLabels of(Dataset<Row> training, Dataset<Row> heldOut, long seed) {
        Dataset<Row> trainingRows = training.withColumn(NUMBER, monotonically_increasing_id());
        Dataset<Row> heldOutRows = heldOut.withColumn(NUMBER, monotonically_increasing_id());
        List<Row> trained = collected(trainingRows);
        List<Row> held = collected(heldOutRows);
        List<Row> both = new ArrayList<>(trained);
        both.addAll(held);
        boolean[] dealt = LabelPermutation.of(ids(both), positive(both), row -> row < trained.size())
                .dealt(new Dice(seed, 0, both.size()));
        return new ShuffledLabels(
                labelled(trainingRows, trained, dealt, 0),
                labelled(heldOutRows, held, dealt, trained.size()),
                LabelPermutation.of(ids(held), positive(held), row -> false));
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

    private static Dataset<Row> labelled(Dataset<Row> numbered, List<Row> rows, boolean[] dealt, int from) {
        List<Row> labels = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            labels.add(RowFactory.create(rows.get(row).getLong(0), dealt[from + row] ? 1.0 : 0.0));
        }
        return numbered.drop(ModelColumns.LABEL)
                .join(broadcast(numbered.sparkSession().createDataFrame(labels, LABELS)), NUMBER)
                .drop(NUMBER);
    }
}
