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
 * How many users of each standing a partition has, and their habits summed. By plain adding: Spark's own sum of vectors is a mean
 * times a weight, which makes 2.9999 of three.
 */
final class HabitsSums {
    private static final StructType SCHEMA = new StructType()
            .add(UserPass.REASON, DataTypes.StringType)
            .add(UserFeatures.LABEL, DataTypes.DoubleType)
            .add(UserPass.HAS_CHURNED, DataTypes.BooleanType)
            .add("users", DataTypes.LongType)
            .add(UserPass.HABITS, SQLDataTypes.VectorType());

    private long users;
    private double[] sums = new double[0];

    private HabitsSums() {}

    /** A row for each standing and partition. */
    static Dataset<Row> of(Dataset<Row> users) {
        return users.select(
                        col(UserPass.REASON), col(UserFeatures.LABEL), col(UserPass.HAS_CHURNED), col(UserPass.HABITS))
                .mapPartitions((MapPartitionsFunction<Row, Row>) HabitsSums::ofPartition, Encoders.row(SCHEMA));
    }

    private static Iterator<Row> ofPartition(Iterator<Row> rows) {
        Map<Row, HabitsSums> byStanding = new HashMap<>();
        while (rows.hasNext()) {
            Row row = rows.next();
            byStanding
                    .computeIfAbsent(
                            RowFactory.create(row.get(0), row.get(1), row.get(2)), standing -> new HabitsSums())
                    .add(row.<Vector>getAs(3).toArray());
        }
        return byStanding.entrySet().stream()
                .map(entry -> entry.getValue().row(entry.getKey()))
                .iterator();
    }

    private void add(double[] figures) {
        users++;
        sums = users == 1 ? new double[figures.length] : sums;
        for (int place = 0; place < figures.length; place++) {
            sums[place] += figures[place];
        }
    }

    private Row row(Row standing) {
        return RowFactory.create(standing.get(0), standing.get(1), standing.get(2), users, Vectors.dense(sums));
    }
}
