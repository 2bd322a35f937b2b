package org.emrelay.jobs.classification.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.learning.ModelParameters;

/**
 * What has to be known to fit a model to a table: the kind, its parameters, and the columns that it may see.
 *
 * @param classWeights whether both classes have the same say, however rare one is
 */
public record Fitting(
        ModelKind kind, ModelParameters parameters, List<String> features, boolean classWeights, long seed) {
    /** What the job itself tells a model. */
    private static final List<String> OWN = List.of(
            "seed",
            "feature_names",
            "feature_types",
            "customObj",
            "customEval",
            "numWorkers",
            "objective",
            "family",
            "threshold",
            "thresholds",
            "num_class",
            "missing");

    /** Saves each fit a look for the highest label. */
    private static final Metadata TWO_CLASSES = NominalAttribute.defaultAttr()
            .withName(ModelColumns.LABEL)
            .withValues("0", "1")
            .toMetadata();

    public Fitting {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(parameters, "parameters");
        features = List.copyOf(features);
    }

    /** Finds parameters that the kind of model does not know or cannot be given, before anything is fitted. */
    public static void check(ModelKind kind, ModelParameters parameters) {
        parameters.applyTo(kind.create(), kind.toString(), OWN);
    }

    /**
     * Fits the whole pipeline, from the table's columns to {@link ModelColumns#FEATURES} and {@link ModelColumns#CHANCE}.
     *
     * @param rows with {@link ModelColumns#LABEL} and the features
     */
    public PipelineModel fit(Dataset<Row> rows) {
        TableSample sample = TableSample.of(rows, features);
        TableVectors vectors = TableVectors.of(
                FeatureLearning.of(sample.kinds(), sample.rows()).columns());
        Dataset<Row> seen = vectors.transform(rows)
                .select(ModelColumns.LABEL, ModelColumns.FEATURES)
                .cache();
        try {
            ClassCounts counts = ClassCounts.of(seen);
            return whole(vectors, fitVectors(seen, counts), uncalibrated(counts));
        } finally {
            seen.unpersist();
        }
    }

    /** Fits what follows the vectors, up to the model's own margin. */
    public PipelineModel fitVectors(Dataset<Row> vectors, ClassCounts counts) {
        Dataset<Row> weighed = vectors.withColumn(
                        ModelColumns.LABEL, functions.col(ModelColumns.LABEL).as(ModelColumns.LABEL, TWO_CLASSES))
                .withColumn(ModelColumns.WEIGHT, classWeights ? counts.balance() : functions.lit(1.0));
        List<PipelineStage> stages = new ArrayList<>();
        stages.addAll(kind.scaling());
        stages.add(model(vectors));
        try {
            return new Pipeline()
                    .setStages(stages.toArray(PipelineStage[]::new))
                    .fit(weighed);
        } catch (LinkageError missing) {
            throw new UserFault("--models " + kind + " needs a library that this machine does not have ("
                    + missing.getMessage() + "); install it (XGBoost on Debian needs the package libgomp1), or use"
                    + " --models gbt.");
        }
    }

    private Estimator<?> model(Dataset<Row> vectors) {
        Estimator<?> model = kind.create();
        set(model, "featuresCol", kind.scaling().isEmpty() ? ModelColumns.FEATURES : ModelColumns.SCALED);
        set(model, "labelCol", ModelColumns.LABEL);
        set(model, "weightCol", ModelColumns.WEIGHT);
        set(model, "rawPredictionCol", ModelColumns.RAW);
        set(model, "predictionCol", "_prediction_");
        if (model.hasParam("probabilityCol")) {
            set(model, "probabilityCol", "_probability_");
        }
        parameters.applyTo(model, kind.toString(), OWN);
        if (model.hasParam("seed")) {
            set(model, "seed", seed);
        }
        if (model instanceof XGBoostClassifier xgboost) {
            xgboost.setObjective("binary:logistic");
            // Its workers run all at once or not at all: no more than there are executors; on one machine one does.
            xgboost.setNumWorkers(
                    vectors.sparkSession().sparkContext().getConf().getInt("spark.executor.instances", 1));
            // A table that already has as many parts may come from where a barrier stage refuses it.
            xgboost.setForceRepartition(true);
        }
        return model;
    }

    private static void set(Params model, String name, Object value) {
        model.set(model.getParam(name), value);
    }

    /** Where no rows outside the training say how far a margin can be trusted: class weights alone are taken back. */
    private Calibration uncalibrated(ClassCounts counts) {
        return Calibration.ofWeights(classWeights ? counts.positiveWeight() : 1);
    }

    /** From the table's columns to the chance. */
    public PipelineModel whole(TableVectors vectors, PipelineModel onVectors, Calibration calibration) {
        List<Transformer> stages = new ArrayList<>();
        stages.add(vectors);
        stages.addAll(List.of(onVectors.stages()));
        stages.add(Calibrator.of(kind, calibration));
        return new PipelineModel(onVectors.uid(), stages);
    }

    /** What a model that {@link #fitVectors} made says of vectors, the more the likelier, row by row in their order. */
    public double[] margins(PipelineModel onVectors, Dataset<Row> vectors) {
        return onVectors.transform(vectors).select(Calibrator.margin(kind)).collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0))
                .toArray();
    }
}
