package org.emrelay.jobs.delivery.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;
import org.emrelay.jobs.learning.XgboostWorkers;
import org.emrelay.tables.UserFault;

/** Fits the delivery model: one pipeline from feature vectors to delivery days and late probability. */
final class DeliveryTrainer {
    static final String PREDICTED = "predicted_days";
    static final String LATE_PROBABILITY = "late_probability";

    private static final String SCALED = "scaled_features";
    private static final String TARGET = "target";
    private static final String IS_LATE = "is_late";
    private static final String EARLY_STOPPING_ROW = "is_early_stopping_row";

    /** Parameters that the job sets itself. */
    private static final List<String> RESERVED_PARAMETERS =
            List.of("seed", "feature_names", "feature_types", "customObj", "customEval", "numWorkers");

    private final TrainModelArguments arguments;

    DeliveryTrainer(TrainModelArguments arguments) {
        this.arguments = arguments;
    }

    PipelineModel fit(Dataset<Row> training) {
        Dataset<Row> labelled = training.withColumn(TARGET, arguments.loss().target())
                .withColumn(IS_LATE, isLate(arguments.graceDays()).cast("double"));
        Estimator<?> estimator = daysEstimator(training.sparkSession().sparkContext());
        Dataset<Row> trainingRows =
                arguments.earlyStopping() > 0 ? configureEarlyStopping(estimator, labelled) : labelled;
        List<PipelineStage> stages = new ArrayList<>(List.of(estimator, toDays(), lateClassifier()));
        if (arguments.modelType().needsScaling()) {
            stages.add(0, scaler());
        }
        try {
            return new Pipeline()
                    .setStages(stages.toArray(PipelineStage[]::new))
                    .fit(trainingRows);
        } catch (LinkageError missing) {
            throw new UserFault("--model-type " + arguments.modelType()
                    + ": a native library is missing on this machine ("
                    + missing.getMessage() + "). Install it (XGBoost on Debian: apt-get install libgomp1), or use"
                    + " --model-type gbt.");
        }
    }

    /** Whether an order arrives after the carrier's estimate plus the grace days. */
    static Column isLate(long graceDays) {
        return col(DeliveryFeatureColumns.ACTUAL)
                .gt(col(DeliveryFeatureColumns.EXPECTED).plus(graceDays));
    }

    private Estimator<?> daysEstimator(SparkContext spark) {
        Estimator<?> model = arguments.modelType().newEstimator();
        set(model, "featuresCol", arguments.modelType().needsScaling() ? SCALED : DeliveryFeatureColumns.FEATURES);
        set(model, "labelCol", TARGET);
        set(model, "predictionCol", Loss.RAW_PREDICTION);
        arguments.modelParameters().applyTo(model, arguments.modelType().toString(), RESERVED_PARAMETERS);
        if (model.hasParam("seed")) {
            set(model, "seed", arguments.seed());
        }
        if (model instanceof XGBoostRegressor xgboost) {
            XgboostWorkers.configure(xgboost, spark);
        }
        return model;
    }

    /** Configures the latest training orders as the early-stopping set of a model. */
    private Dataset<Row> configureEarlyStopping(Estimator<?> model, Dataset<Row> labelled) {
        Date from = LatestOrders.firstDate(labelled, arguments.earlyStopping());
        Column isLatest = col("order_date").geq(lit(from));
        if (model instanceof GBTRegressor) {
            set(model, "validationIndicatorCol", EARLY_STOPPING_ROW);
            return labelled.withColumn(EARLY_STOPPING_ROW, isLatest);
        }
        if (model instanceof XGBoostRegressor xgboost) {
            xgboost.setEvalDataset(labelled.where(isLatest));
            if (!arguments.modelParameters().values().containsKey("numEarlyStoppingRounds")) {
                xgboost.setNumEarlyStoppingRounds(20);
            }
            return labelled.where(isLatest.unary_$bang());
        }
        throw new UserFault("--early-stopping: " + arguments.modelType() + " cannot stop early; gbt and xgboost can.");
    }

    /** Standardizes features, whose scales range from 0 or 1 to hundreds of miles. */
    private static PipelineStage scaler() {
        return new StandardScaler()
                .setWithMean(true)
                .setInputCol(DeliveryFeatureColumns.FEATURES)
                .setOutputCol(SCALED);
    }

    private PipelineStage toDays() {
        String days = arguments.loss().predictedDays();
        return new SQLTransformer().setStatement("SELECT *, " + days + " AS " + PREDICTED + " FROM __THIS__");
    }

    /** A regression forest on 0 and 1: leaf means are probabilities, and training works even with one class only. */
    private PipelineStage lateClassifier() {
        return new RandomForestRegressor()
                .setFeaturesCol(DeliveryFeatureColumns.FEATURES)
                .setLabelCol(IS_LATE)
                .setPredictionCol(LATE_PROBABILITY)
                .setNumTrees(25)
                .setMaxDepth(8)
                .setMinInstancesPerNode(10)
                .setFeatureSubsetStrategy("0.4")
                .setMaxBins(64)
                .setSeed(arguments.seed());
    }

    private static void set(Params model, String name, Object value) {
        model.set(model.getParam(name), value);
    }
}
