package org.sparkpipelines.jobs.classification.evaluate;

import static org.apache.spark.sql.functions.broadcast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkpipelines.jobs.chance.Dice;
import org.sparkpipelines.jobs.classification.models.ModelColumns;

/**
 * Labels dealt out anew among all ids, those of training and held-out rows together: nothing is left that could be learnt, but an
 * id on both sides would keep its label, and give itself away.
 */
final class ShuffledLabels {
    private final Dataset<Row> labels;

    private ShuffledLabels(Dataset<Row> labels) {
        this.labels = labels;
    }

    /** Collects an id and a label a row, as evaluating does anyhow. */
    static ShuffledLabels of(Dataset<Row> training, Dataset<Row> heldOut, long seed) {
        Map<String, Double> byId = new TreeMap<>();
        for (Dataset<Row> side : List.of(training, heldOut)) {
            for (Row row : side.select(ModelColumns.ID, ModelColumns.LABEL).collectAsList()) {
                byId.merge(String.valueOf(row.get(0)), row.getDouble(1), Math::max);
            }
        }
        List<Double> dealt = new ArrayList<>(byId.values());
        Dice dice = new Dice(seed, 0, dealt.size());
        for (int place = dealt.size() - 1; place > 0; place--) {
            int other = dice.below(place + 1);
            dealt.set(place, dealt.set(other, dealt.get(place)));
        }
        List<Row> rows = new ArrayList<>();
        byId.keySet().forEach(id -> rows.add(RowFactory.create(id, dealt.get(rows.size()))));
        StructType schema = new StructType()
                .add(ModelColumns.ID, DataTypes.StringType)
                .add(ModelColumns.LABEL, DataTypes.DoubleType);
        return new ShuffledLabels(training.sparkSession().createDataFrame(rows, schema));
    }

    /** The same rows with the labels that mean nothing. */
    Dataset<Row> on(Dataset<Row> rows) {
        return rows.drop(ModelColumns.LABEL).join(broadcast(labels), ModelColumns.ID);
    }
}
