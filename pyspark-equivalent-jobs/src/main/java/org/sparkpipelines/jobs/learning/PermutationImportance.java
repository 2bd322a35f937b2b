package org.sparkpipelines.jobs.learning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkpipelines.jobs.chance.Dice;

/**
 * What a model loses when one thing that it sees is dealt out anew among the rows: told of any kind of model in the unit of its
 * errors, and of a category as a whole.
 */
public final class PermutationImportance {
    private static final String DEALT = "dealt_anew";
    private static final int MOST_ROWS = 2_000;

    /** With many features each row is there as many times, and as long: all of them must fit into this process. */
    private static final int MOST_NUMBERS = 8_000_000;

    private static final int FEWEST_ROWS = 200;

    private final SavedPipeline model;
    private final String features;
    private final Column loss;

    /** How much the mean loss grows. */
    public record Importance(String name, double growth) {
        public Importance {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * @param features the column with the vector
     * @param loss of one row, of columns that the model makes and the table has
     */
    public PermutationImportance(SavedPipeline model, String features, Column loss) {
        this.model = model;
        this.features = features;
        this.loss = loss;
    }

    /** The greatest first; the table needs no more columns than the model and the loss read. */
    public List<Importance> of(Dataset<Row> rows, String predicted, long seed) {
        List<String> names = FeatureNames.of(rows, features);
        Map<String, int[]> groups = FeatureNames.groups(names);
        int affordable = MOST_NUMBERS / Math.max(1, groups.size() * names.size());
        List<Row> sample = rows.limit(Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, affordable)))
                .collectAsList();
        StructType schema = rows.schema().add(DEALT, DataTypes.StringType);
        List<Row> dealt = new ArrayList<>(dealt(sample, schema, "", new int[0], 0, seed));
        int number = 0;
        for (Map.Entry<String, int[]> group : groups.entrySet()) {
            number++;
            dealt.addAll(dealt(sample, schema, group.getKey(), group.getValue(), number, seed));
        }
        Dataset<Row> table = rows.sparkSession().createDataFrame(dealt, schema);
        Map<String, Double> losses = new LinkedHashMap<>();
        model.transform("the model", table, predicted)
                .groupBy(DEALT)
                .agg(functions.avg(loss))
                .collectAsList()
                .forEach(row -> losses.put(row.getString(0), row.getDouble(1)));
        double plain = losses.getOrDefault("", 0.0);
        return groups.keySet().stream()
                .map(name -> new Importance(name, losses.getOrDefault(name, plain) - plain))
                .sorted(Comparator.comparingDouble(Importance::growth).reversed())
                .toList();
    }

    private List<Row> dealt(List<Row> sample, StructType schema, String group, int[] places, int number, long seed) {
        int column = schema.fieldIndex(features);
        int[] order = shuffled(sample.size(), new Dice(seed, number, sample.size()));
        List<Row> dealt = new ArrayList<>();
        for (int row = 0; row < sample.size(); row++) {
            Object[] values = new Object[schema.size()];
            for (int field = 0; field < values.length - 1; field++) {
                values[field] = sample.get(row).get(field);
            }
            double[] own = sample.get(row).<Vector>getAs(column).toArray().clone();
            double[] others = sample.get(order[row]).<Vector>getAs(column).toArray();
            for (int place : places) {
                own[place] = others[place];
            }
            values[column] = Vectors.dense(own);
            values[values.length - 1] = group;
            dealt.add(RowFactory.create(values));
        }
        return dealt;
    }

    private static int[] shuffled(int size, Dice dice) {
        int[] order = new int[size];
        for (int place = 0; place < size; place++) {
            int other = dice.below(place + 1);
            order[place] = order[other];
            order[other] = place;
        }
        return order;
    }
}
