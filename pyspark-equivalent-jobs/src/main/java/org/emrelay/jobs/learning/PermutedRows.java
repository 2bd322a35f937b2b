package org.emrelay.jobs.learning;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.random.Dice;
import org.jspecify.annotations.Nullable;

/** Rows that are made where they are looked at: each row as often as there are groups of places, one group dealt out anew each time. */
final class PermutedRows implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The number of the group that is dealt out anew. */
    static final String GROUP = "dealt_anew";

    /** In its place where nothing is. */
    static final int PLAIN = -1;

    private final Row[] sample;
    private final StructType schema;
    private final int column;
    private final int[][] groups;
    private final long seed;

    /**
     * @param features the column with the vector
     * @param groups of places in the vector that are dealt out together
     */
    PermutedRows(List<Row> sample, StructType schema, String features, List<int[]> groups, long seed) {
        this.sample = sample.toArray(Row[]::new);
        this.schema = schema.add(GROUP, DataTypes.IntegerType);
        this.column = schema.fieldIndex(features);
        this.groups = groups.toArray(int[][]::new);
        this.seed = seed;
    }

    StructType schema() {
        return schema;
    }

    int groups() {
        return groups.length;
    }

    /** All rows, with one group dealt out anew among them, one after the other. */
    Iterator<Row> of(int group) {
        int[] places = group == PLAIN ? new int[0] : groups[group];
        int[] order = order(new Dice(seed, group + 1L, sample.length));
        return IntStream.range(0, sample.length)
                .mapToObj(row -> dealt(sample[row], sample[order[row]], places, group))
                .iterator();
    }

    /** With its schema: Spark may hand it as it is to XGBoost, which looks for columns by their names. */
    private Row dealt(Row own, Row other, int[] places, int group) {
        @Nullable Object[] values = new @Nullable Object[schema.size()];
        for (int field = 0; field < values.length - 1; field++) {
            values[field] = own.get(field);
        }
        double[] numbers = own.<Vector>getAs(column).toArray().clone();
        Vector others = other.getAs(column);
        for (int place : places) {
            numbers[place] = others.apply(place);
        }
        values[column] = Vectors.dense(numbers);
        values[values.length - 1] = group;
        return new GenericRowWithSchema(values, schema);
    }

    private int[] order(Dice dice) {
        int[] order = new int[sample.length];
        for (int place = 0; place < order.length; place++) {
            int other = dice.below(place + 1);
            order[place] = order[other];
            order[other] = place;
        }
        return order;
    }
}
