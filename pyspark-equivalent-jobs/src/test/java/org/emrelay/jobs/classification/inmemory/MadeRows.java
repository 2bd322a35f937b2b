package org.emrelay.jobs.classification.inmemory;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.random.KeyedRandom;

/** Rows with two correlated features, an interaction, a skewed feature and noise. */
final class MadeRows {
    static final int FEATURES = 6;
    private static final StructType SCHEMA = new StructType()
            .add("label", DataTypes.DoubleType)
            .add("weight", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());

    private MadeRows() {}

    static Dataset<Row> of(int rows, long seed) {
        List<Row> made = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            KeyedRandom random = new KeyedRandom(seed, 0, row);
            double[] features = new double[FEATURES];
            features[0] = random.nextGaussian();
            features[1] = features[0] + 0.1 * random.nextGaussian();
            features[2] = random.nextBelow(5);
            features[3] = random.nextGaussian();
            features[4] = Math.exp(2 * random.nextGaussian());
            features[5] = random.nextGaussian();
            double score = 8 * (features[1] - features[0])
                    + (features[2] > 2 ? 1.5 : -1.5) * Math.signum(features[3])
                    + 0.5 * Math.log(features[4]);
            boolean positive = random.nextDouble() < 1 / (1 + Math.exp(-2 * score));
            made.add(RowFactory.create(positive ? 1.0 : 0.0, positive ? 1.4 : 0.8, Vectors.dense(features)));
        }
        return LocalSpark.session()
                .createDataFrame(made, SCHEMA)
                .withColumn(
                        "features", functions.col("features"), new AttributeGroup("features", FEATURES).toMetadata())
                .coalesce(1);
    }
}
