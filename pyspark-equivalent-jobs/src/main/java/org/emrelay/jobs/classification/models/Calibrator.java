package org.emrelay.jobs.classification.models;

import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The last stage of every model: what it says in its own unit becomes a chance that can be taken at its word. */
public final class Calibrator extends Transformer implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> kind;
    private final DoubleParam slope;
    private final DoubleParam intercept;

    /** For Spark, which loads a saved stage by it. */
    public Calibrator(String uid) {
        this.uid = uid;
        // Not before: a parameter asks its owner for the name.
        kind = new Param<>(this, "kind", "the kind of model whose margin it is");
        slope = new DoubleParam(this, "slope", "of the chance's logarithm of odds");
        intercept = new DoubleParam(this, "intercept", "of the chance's logarithm of odds");
    }

    static Calibrator of(ModelKind kind, Calibration calibration) {
        Calibrator stage = new Calibrator(Identifiable$.MODULE$.randomUID("chance"));
        stage.set(stage.kind, kind.toString());
        stage.set(stage.slope, calibration.slope());
        stage.set(stage.intercept, calibration.intercept());
        return stage;
    }

    /** What a model of a kind says of a row: the higher, the likelier it is positive. */
    static Column margin(ModelKind kind) {
        UDF1<Vector, Double> margin = raw -> kind.margin(raw.apply(0), raw.apply(1));
        return functions.udf(margin, DataTypes.DoubleType).apply(functions.col(ModelColumns.RAW));
    }

    /** Found by Spark, which writes what parameters a stage has. */
    public Param<String> kind() {
        return kind;
    }

    /** As {@link #kind}. */
    public DoubleParam slope() {
        return slope;
    }

    /** As {@link #kind}. */
    public DoubleParam intercept() {
        return intercept;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> rows) {
        Calibration calibration = new Calibration((double) $(slope), (double) $(intercept));
        UDF1<Double, Double> chance = calibration::chance;
        return rows.withColumn(
                        ModelColumns.CHANCE,
                        functions.udf(chance, DataTypes.DoubleType).apply(margin(ModelKind.named($(kind)))))
                .drop(ModelColumns.PASSING.toArray(String[]::new));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        StructType left = new StructType();
        for (var field : schema.fields()) {
            left = ModelColumns.PASSING.contains(field.name()) ? left : left.add(field);
        }
        return left.add(ModelColumns.CHANCE, DataTypes.DoubleType);
    }

    @Override
    public Transformer copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Spark looks for it where it loads a saved stage. */
    public static MLReader<Calibrator> read() {
        return new DefaultParamsReader<>();
    }
}
