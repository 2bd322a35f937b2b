package org.emrelay.jobs.delivery.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.apache.spark.SparkConf;
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
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;

/** Fits to training orders what becomes the saved model: one pipeline from vectors to days and to the chance of being late. */
final class Trainer {
    static final String PREDICTED = "predicted_days";
    static final String LATE_CHANCE = "late_chance";

    private static final String SCALED = "scaled_features";
    private static final String TARGET = "target";
    private static final String IS_LATE = "is_late";
    private static final String TELLS_WHEN_TO_STOP = "tells_when_to_stop";

    /** What the job itself tells a model. */
    private static final List<String> OWN =
            List.of("seed", "feature_names", "feature_types", "customObj", "customEval", "numWorkers");

    private final TrainModelArguments arguments;

    Trainer(TrainModelArguments arguments) {
        this.arguments = arguments;
    }

    PipelineModel fit(Dataset<Row> training) {
        Dataset<Row> labelled = training.withColumn(TARGET, arguments.loss().target())
                .withColumn(IS_LATE, isLate(arguments.graceDays()).cast("double"));
        Estimator<?> days = days(training.sparkSession().sparkContext().getConf());
        Dataset<Row> learnt = arguments.earlyStopping() > 0 ? stopping(days, labelled) : labelled;
        List<PipelineStage> stages = new ArrayList<>(List.of(days, inDays(), lateChance()));
        if (arguments.modelType().wantsEvenScales()) {
            stages.add(0, scaler());
        }
        try {
            return new Pipeline()
                    .setStages(stages.toArray(PipelineStage[]::new))
                    .fit(learnt);
        } catch (LinkageError missing) {
            throw new UserFault("--model-type " + arguments.modelType() + " needs a library that this machine does not"
                    + " have (" + missing.getMessage()
                    + "); install it (XGBoost on Debian needs the package libgomp1), or"
                    + " use --model-type gbt.");
        }
    }

    /** Later than the carrier said. */
    static Column isLate(long graceDays) {
        return col(DeliveryFeatureColumns.ACTUAL).gt(col(DeliveryFeatureColumns.EXPECTED).plus(graceDays));
    }

    private Estimator<?> days(SparkConf conf) {
        Estimator<?> model = arguments.modelType().create();
        set(model, "featuresCol", arguments.modelType().wantsEvenScales() ? SCALED : DeliveryFeatureColumns.FEATURES);
        set(model, "labelCol", TARGET);
        set(model, "predictionCol", Loss.RAW);
        arguments.modelParameters().applyTo(model, arguments.modelType().toString(), OWN);
        if (model.hasParam("seed")) {
            set(model, "seed", arguments.seed());
        }
        if (model instanceof XGBoostRegressor xgboost) {
            // Its workers run all at once or not at all: no more than there are executors; on one machine one does.
            xgboost.setNumWorkers(conf.getInt("spark.executor.instances", 1));
            // A table that already has as many parts may come from where a barrier stage refuses it.
            xgboost.setForceRepartition(true);
        }
        return model;
    }

    /** Hands a model that can stop early the latest training orders to be told by; the others learn from the rest all the same. */
    private Dataset<Row> stopping(Estimator<?> model, Dataset<Row> labelled) {
        Date from = LatestShare.firstDate(labelled, arguments.earlyStopping());
        Column isLatest = col("order_date").geq(lit(from));
        if (model instanceof GBTRegressor) {
            set(model, "validationIndicatorCol", TELLS_WHEN_TO_STOP);
            return labelled.withColumn(TELLS_WHEN_TO_STOP, isLatest);
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

    /** Brings what counts in hundreds of miles and what is 0 or 1 to one scale. */
    private static PipelineStage scaler() {
        return new StandardScaler()
                .setWithMean(true)
                .setInputCol(DeliveryFeatureColumns.FEATURES)
                .setOutputCol(SCALED);
    }

    private PipelineStage inDays() {
        String days = arguments.loss().predictedDays();
        return new SQLTransformer().setStatement("SELECT *, " + days + " AS " + PREDICTED + " FROM __THIS__");
    }

    /** The mean of 0 and 1 in the leaves of a forest is a chance, also where all orders were late, or none. */
    private PipelineStage lateChance() {
        return new RandomForestRegressor()
                .setFeaturesCol(DeliveryFeatureColumns.FEATURES)
                .setLabelCol(IS_LATE)
                .setPredictionCol(LATE_CHANCE)
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
