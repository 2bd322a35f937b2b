package org.emrelay.jobs.classification.models;

import java.util.Arrays;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Clamps min-max scaled features at 0. New rows may lie below the fitted minimum, and naive Bayes rejects negative
 * features.
 */
public final class ClampedMinMax extends Transformer implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;

    /** Spark calls this constructor to load a saved stage. */
    public ClampedMinMax(String uid) {
        this.uid = uid;
    }

    static ClampedMinMax create() {
        return new ClampedMinMax(Identifiable$.MODULE$.randomUID("clampedMinMax"));
    }

    @Override
    public Dataset<Row> transform(Dataset<?> rows) {
        UDF1<Vector, Vector> clamp = vector -> Vectors.dense(
                Arrays.stream(vector.toArray()).map(value -> Math.max(0, value)).toArray());
        return rows.withColumn(
                ModelColumns.SCALED,
                functions.udf(clamp, SQLDataTypes.VectorType()).apply(functions.col(ModelColumns.SCALED)));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return schema;
    }

    @Override
    public Transformer copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Spark calls this by reflection to load a saved stage. */
    public static MLReader<ClampedMinMax> read() {
        return new DefaultParamsReader<>();
    }
}
