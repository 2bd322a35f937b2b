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
import org.emrelay.jobs.random.KeyedRandom;
import org.jspecify.annotations.Nullable;

/** Generates copies of sampled rows lazily on the executors, each copy with one feature permuted. */
final class PermutedRows implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Column with the index of the permuted group. */
    static final String GROUP = "permuted_group";

    /** Group index of the unmodified rows. */
    static final int UNPERMUTED = -1;

    private final Row[] sample;
    private final StructType schema;
    private final int featuresIndex;
    private final int[][] groups;
    private final long seed;

    /**
     * @param features the vector column
     * @param groups vector slots that are permuted together
     */
    PermutedRows(List<Row> sample, StructType schema, String features, List<int[]> groups, long seed) {
        this.sample = sample.toArray(Row[]::new);
        this.schema = schema.add(GROUP, DataTypes.IntegerType);
        this.featuresIndex = schema.fieldIndex(features);
        this.groups = groups.toArray(int[][]::new);
        this.seed = seed;
    }

    StructType schema() {
        return schema;
    }

    int groups() {
        return groups.length;
    }

    /** All rows, with one group of slots permuted among them. */
    Iterator<Row> permuted(int group) {
        int[] slots = group == UNPERMUTED ? new int[0] : groups[group];
        int[] order = order(new KeyedRandom(seed, group + 1L, sample.length));
        return IntStream.range(0, sample.length)
                .mapToObj(row -> permutedRow(sample[row], sample[order[row]], slots, group))
                .iterator();
    }

    /** Attaches the schema, because XGBoost may read the row unconverted and resolves columns by name. */
    private Row permutedRow(Row own, Row donor, int[] slots, int group) {
        @Nullable Object[] fields = new @Nullable Object[schema.size()];
        for (int field = 0; field < fields.length - 1; field++) {
            fields[field] = own.get(field);
        }
        double[] values = own.<Vector>getAs(featuresIndex).toArray().clone();
        Vector donorValues = donor.getAs(featuresIndex);
        for (int slot : slots) {
            values[slot] = donorValues.apply(slot);
        }
        fields[featuresIndex] = Vectors.dense(values);
        fields[fields.length - 1] = group;
        return new GenericRowWithSchema(fields, schema);
    }

    private int[] order(KeyedRandom random) {
        int[] order = new int[sample.length];
        for (int index = 0; index < order.length; index++) {
            int other = random.nextBelow(index + 1);
            order[index] = order[other];
            order[other] = index;
        }
        return order;
    }
}
