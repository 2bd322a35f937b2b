package org.emrelay.jobs.churn.features;

import static org.apache.spark.sql.functions.col;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Sums the habit vectors of the users of a partition, grouped by eligibility.
 *
 * <p>It adds element by element: Spark's own sum of vectors is a mean times a weight, which turns 3 into 2.9999.
 */
final class HabitSums {
    private static final StructType SCHEMA = new StructType()
            .add(UserRowBuilder.EXCLUSION_REASON, DataTypes.StringType)
            .add(UserFeatures.LABEL, DataTypes.DoubleType)
            .add(UserRowBuilder.HAS_CHURNED, DataTypes.BooleanType)
            .add("users", DataTypes.LongType)
            .add(UserRowBuilder.HABITS, SQLDataTypes.VectorType());

    private long users;
    private double[] sums = new double[0];

    private HabitSums() {}

    /** Returns one row per group and partition. */
    static Dataset<Row> of(Dataset<Row> users) {
        return users.select(
                        col(UserRowBuilder.EXCLUSION_REASON),
                        col(UserFeatures.LABEL),
                        col(UserRowBuilder.HAS_CHURNED),
                        col(UserRowBuilder.HABITS))
                .mapPartitions((MapPartitionsFunction<Row, Row>) HabitSums::ofPartition, Encoders.row(SCHEMA));
    }

    private static Iterator<Row> ofPartition(Iterator<Row> rows) {
        Map<Row, HabitSums> byGroup = new HashMap<>();
        while (rows.hasNext()) {
            Row row = rows.next();
            byGroup.computeIfAbsent(RowFactory.create(row.get(0), row.get(1), row.get(2)), group -> new HabitSums())
                    .add(row.<Vector>getAs(3).toArray());
        }
        return byGroup.entrySet().stream()
                .map(entry -> entry.getValue().row(entry.getKey()))
                .iterator();
    }

    private void add(double[] counts) {
        users++;
        sums = users == 1 ? new double[counts.length] : sums;
        for (int index = 0; index < counts.length; index++) {
            sums[index] += counts[index];
        }
    }

    private Row row(Row group) {
        return RowFactory.create(group.get(0), group.get(1), group.get(2), users, Vectors.dense(sums));
    }
}
