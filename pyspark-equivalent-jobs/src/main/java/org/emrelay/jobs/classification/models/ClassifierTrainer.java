package org.emrelay.jobs.classification.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
        ClassCounts counts = ClassCounts.of(encoded);
        try (TrainingVectors vectors = TrainingVectors.of(encoded, counts, classWeights)) {
            return assemble(vectorizer, fitVectors(vectors), undoClassWeights(counts));
        } finally {
            encoded.unpersist();
        }
    }

    /** Fits the stages from the vector to the model's raw prediction: scalers and classifier. */
    public PipelineModel fitVectors(TrainingVectors vectors) {
        TrainingVectors.Scaled scaled = vectors.scaled(kind.scaling());
        List<Transformer> stages = new ArrayList<>(List.of(scaled.scalers().stages()));
        Transformer model = fitScaled(scaled);
        stages.add(model);
        return new PipelineModel(model.uid(), stages);
    }

    private Model<?> fitScaled(TrainingVectors.Scaled scaled) {
        Estimator<?> estimator = newEstimator(scaled.rows());
        return scaled.inMemory().fit(estimator).orElseGet(() -> fitWithSpark(estimator, scaled.rows()));
    }

    private Model<?> fitWithSpark(Estimator<?> estimator, Dataset<Row> rows) {
        try {
            return estimator.fit(rows);
        } catch (LinkageError missing) {
            throw new UserFault("--models " + kind + ": a native library is missing on this machine ("
                    + missing.getMessage() + "). Install it (XGBoost on Debian: apt-get install libgomp1), or use"
                    + " --models gbt.");
        }
    }

    private Estimator<?> newEstimator(Dataset<Row> vectors) {
        Estimator<?> model = kind.newEstimator();
        set(model, "featuresCol", kind.scaling().column());
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

    /**
     * Fits the training rows of a fold and predicts its validation rows.
     *
     * @return the margins in row order: the higher, the more likely positive
     */
    public double[] validate(TrainingVectors fold) {
        TrainingVectors.Scaled scaled = fold.scaled(kind.scaling());
        Estimator<?> estimator = newEstimator(scaled.rows());
        return scaled.inMemory()
                .validate(estimator)
                .map(raw -> Arrays.stream(raw).mapToDouble(row -> kind.margin(row[0], row[1])))
                .orElseGet(() -> margins(fitWithSpark(estimator, scaled.rows()), scaled.validation()))
                .toArray();
    }

    private DoubleStream margins(Model<?> model, Dataset<Row> rows) {
        return model.transform(rows).select(Calibrator.margin(kind)).collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0));
    }
}
