package org.emrelay.jobs.delivery.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.regression.FMRegressor;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.emrelay.jobs.learning.ModelParameters;

/** The kinds of model that can be trained, each with the settings that cross-validation in time order found best. */
enum ModelType {
    GBT("lossType", "absolute", "squared", """
            {"maxIter": 32, "maxDepth": 5, "stepSize": 0.05, "minInstancesPerNode": 20, "maxBins": 64}""") {
        @Override
        Estimator<?> create() {
            return new GBTRegressor();
        }
    },
    XGBOOST("objective", "reg:absoluteerror", "reg:squarederror", """
            {"numRound": 300, "max_depth": 6, "eta": 0.05, "min_child_weight": 10, "subsample": 0.8,
             "colsample_bytree": 0.6, "tree_method": "hist"}""") {
        @Override
        Estimator<?> create() {
            return new XGBoostRegressor();
        }
    },
    LINEAR("loss", "huber", "squaredError", "{\"maxIter\": 100}") {
        @Override
        Estimator<?> create() {
            return new LinearRegression();
        }
    },
    /** Knows but one loss: the scale alone makes the difference. */
    RANDOM_FOREST("", "", "", """
            {"numTrees": 60, "maxDepth": 9, "minInstancesPerNode": 10, "featureSubsetStrategy": "0.4", "maxBins": 64}""") {
        @Override
        Estimator<?> create() {
            return new RandomForestRegressor();
        }
    },
    /** Knows but one loss too. */
    FACTORIZATION_MACHINE("", "", "", "{\"maxIter\": 300, \"stepSize\": 0.05, \"factorSize\": 8}") {
        @Override
        Estimator<?> create() {
            return new FMRegressor();
        }
    };

    static final List<String> CHOICES =
            Arrays.stream(values()).map(ModelType::toString).toList();

    private final String lossParameter;
    private final String absoluteLoss;
    private final String squaredLoss;
    private final String settings;

    ModelType(String lossParameter, String absoluteLoss, String squaredLoss, String settings) {
        this.lossParameter = lossParameter;
        this.absoluteLoss = absoluteLoss;
        this.squaredLoss = squaredLoss;
        this.settings = settings;
    }

    static ModelType named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    abstract Estimator<?> create();

    /** Ours, for what nobody gave. */
    ModelParameters settings(Loss loss) {
        ModelParameters ours = ModelParameters.parse("the defaults of " + this, settings);
        return lossParameter.isEmpty()
                ? ours
                : ours.with(lossParameter, "\"" + (loss == Loss.ABSOLUTE ? absoluteLoss : squaredLoss) + "\"");
    }

    /** Whether it finds its way only where no feature counts in larger numbers than the others; trees do not mind, and linear sees to it. */
    boolean wantsEvenScales() {
        return this == FACTORIZATION_MACHINE;
    }

    /** A loss that the model's own parameters name goes before the asked one. */
    Loss loss(Loss asked, ModelParameters parameters) {
        return parameters
                .text(lossParameter)
                .map(named -> named.equals(absoluteLoss) ? Loss.ABSOLUTE : Loss.SQUARED)
                .orElse(asked);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
