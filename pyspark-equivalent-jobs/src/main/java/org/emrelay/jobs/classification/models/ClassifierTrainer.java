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
import org.emrelay.jobs.learning.ModelParameters;
import org.emrelay.jobs.learning.XgboostWorkers;
import org.emrelay.tables.UserFault;

/**
 * Fits a classifier of one kind, with given parameters, to a table.
 *
 * @param classWeights whether rows are weighted so that both classes have equal total weight
 */
public record ClassifierTrainer(
        ModelKind kind, ModelParameters parameters, List<String> features, boolean classWeights, long seed) {
    /** Parameters that the job sets itself. */
    private static final List<String> RESERVED_PARAMETERS = List.of(
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

    /** Label metadata, which saves each fit a pass over the data to count the classes. */
    private static final Metadata TWO_CLASSES = NominalAttribute.defaultAttr()
            .withName(ModelColumns.LABEL)
            .withValues("0", "1")
            .toMetadata();

    public ClassifierTrainer {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(parameters, "parameters");
        features = List.copyOf(features);
    }

    /** Rejects unknown or invalid parameters before anything is fitted. */
    public static void validate(ModelKind kind, ModelParameters parameters) {
        parameters.applyTo(kind.newEstimator(), kind.toString(), RESERVED_PARAMETERS);
    }

    /**
     * Fits a complete pipeline, from the table's columns to {@link ModelColumns#FEATURES} and {@link
     * ModelColumns#PROBABILITY}.
     *
     * @param rows with {@link ModelColumns#LABEL} and the features
     */
    public PipelineModel fit(Dataset<Row> rows) {
        TableSample sample = TableSample.of(rows, features);
        TableVectorizer vectorizer = TableVectorizer.of(
                FittedFeatures.fit(sample.kinds(), sample.rows()).columns());
        Dataset<Row> encoded = vectorizer
                .transform(rows)
                .select(ModelColumns.LABEL, ModelColumns.FEATURES)
                .cache();
        try {
            ClassCounts counts = ClassCounts.of(encoded);
            return assemble(vectorizer, fitVectors(encoded, counts), undoClassWeights(counts));
        } finally {
            encoded.unpersist();
        }
    }

    /** Fits the stages from the vector to the model's raw prediction: scalers and classifier. */
    public PipelineModel fitVectors(Dataset<Row> vectors, ClassCounts counts) {
        Dataset<Row> weighted = vectors.withColumn(
                        ModelColumns.LABEL, functions.col(ModelColumns.LABEL).as(ModelColumns.LABEL, TWO_CLASSES))
                .withColumn(ModelColumns.WEIGHT, classWeights ? counts.balancedWeight() : functions.lit(1.0));
        List<PipelineStage> stages = new ArrayList<>();
        stages.addAll(kind.scalers());
        stages.add(newEstimator(vectors));
        try {
            return new Pipeline()
                    .setStages(stages.toArray(PipelineStage[]::new))
                    .fit(weighted);
        } catch (LinkageError missing) {
            throw new UserFault("--models " + kind + ": a native library is missing on this machine ("
                    + missing.getMessage() + "). Install it (XGBoost on Debian: apt-get install libgomp1), or use"
                    + " --models gbt.");
        }
    }

    private Estimator<?> newEstimator(Dataset<Row> vectors) {
        Estimator<?> model = kind.newEstimator();
        set(model, "featuresCol", kind.scalers().isEmpty() ? ModelColumns.FEATURES : ModelColumns.SCALED);
        set(model, "labelCol", ModelColumns.LABEL);
        set(model, "weightCol", ModelColumns.WEIGHT);
        set(model, "rawPredictionCol", ModelColumns.RAW);
        set(model, "predictionCol", "_prediction_");
        if (model.hasParam("probabilityCol")) {
            set(model, "probabilityCol", "_probability_");
        }
        parameters.applyTo(model, kind.toString(), RESERVED_PARAMETERS);
        if (model.hasParam("seed")) {
            set(model, "seed", seed);
        }
        if (model instanceof XGBoostClassifier xgboost) {
            xgboost.setObjective("binary:logistic");
            XgboostWorkers.configure(xgboost, vectors.sparkSession().sparkContext());
        }
        return model;
    }

    private static void set(Params model, String name, Object value) {
        model.set(model.getParam(name), value);
    }

    /** Corrects for class weights only, without out-of-fold margins to calibrate on. */
    private PlattScaling undoClassWeights(ClassCounts counts) {
        return PlattScaling.ofWeights(classWeights ? counts.positiveWeight() : 1);
    }

    /** Assembles a complete model, from the table's columns to the probability. */
    public PipelineModel assemble(TableVectorizer vectorizer, PipelineModel classifier, PlattScaling scaling) {
        List<Transformer> stages = new ArrayList<>();
        stages.add(vectorizer);
        stages.addAll(List.of(classifier.stages()));
        stages.add(Calibrator.of(kind, scaling));
        return new PipelineModel(classifier.uid(), stages);
    }

    /** The margins of a model from {@link #fitVectors}, in row order: the higher, the more likely positive. */
    public double[] margins(PipelineModel classifier, Dataset<Row> vectors) {
        return classifier.transform(vectors).select(Calibrator.margin(kind)).collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0))
                .toArray();
    }
}
