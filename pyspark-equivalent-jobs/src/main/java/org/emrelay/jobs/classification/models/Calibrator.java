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

/** The last stage of every model: converts its margin to a calibrated probability. */
public final class Calibrator extends Transformer implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> kind;
    private final DoubleParam slope;
    private final DoubleParam intercept;

    /** Spark calls this constructor to load a saved stage. */
    public Calibrator(String uid) {
        this.uid = uid;
        // After uid: Param reads it from its parent.
        kind = new Param<>(this, "kind", "the kind of model that computes the margin");
        slope = new DoubleParam(this, "slope", "slope of the probability's log-odds");
        intercept = new DoubleParam(this, "intercept", "intercept of the probability's log-odds");
    }

    static Calibrator of(ModelKind kind, PlattScaling scaling) {
        Calibrator stage = new Calibrator(Identifiable$.MODULE$.randomUID("calibrator"));
        stage.set(stage.kind, kind.toString());
        stage.set(stage.slope, scaling.slope());
        stage.set(stage.intercept, scaling.intercept());
        return stage;
    }

    /** The margin of a model: the higher, the more likely the row is positive. */
    static Column margin(ModelKind kind) {
        UDF1<Vector, Double> margin = raw -> kind.margin(raw.apply(0), raw.apply(1));
        return functions.udf(margin, DataTypes.DoubleType).apply(functions.col(ModelColumns.RAW));
    }

    /** Spark finds the stage's parameters by these accessors and saves them. */
    public Param<String> kind() {
        return kind;
    }

    /** Like {@link #kind}. */
    public DoubleParam slope() {
        return slope;
    }

    /** Like {@link #kind}. */
    public DoubleParam intercept() {
        return intercept;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> rows) {
        PlattScaling scaling = new PlattScaling((double) $(slope), (double) $(intercept));
        UDF1<Double, Double> probability = scaling::probability;
        return rows.withColumn(
                        ModelColumns.PROBABILITY,
                        functions.udf(probability, DataTypes.DoubleType).apply(margin(ModelKind.named($(kind)))))
                .drop(ModelColumns.INTERMEDIATE.toArray(String[]::new));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        StructType remaining = new StructType();
        for (var field : schema.fields()) {
            remaining = ModelColumns.INTERMEDIATE.contains(field.name()) ? remaining : remaining.add(field);
        }
        return remaining.add(ModelColumns.PROBABILITY, DataTypes.DoubleType);
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
    public static MLReader<Calibrator> read() {
        return new DefaultParamsReader<>();
    }
}
