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

/** The types of regression model, with default parameters from time-ordered cross-validation. */
enum ModelType {
    GBT("lossType", "absolute", "squared", """
            {"maxIter": 32, "maxDepth": 5, "stepSize": 0.05, "minInstancesPerNode": 20, "maxBins": 64}""") {
        @Override
        Estimator<?> newEstimator() {
            return new GBTRegressor();
        }
    },
    XGBOOST("objective", "reg:absoluteerror", "reg:squarederror", """
            {"numRound": 300, "max_depth": 6, "eta": 0.05, "min_child_weight": 10, "subsample": 0.8,
             "colsample_bytree": 0.6, "tree_method": "hist"}""") {
        @Override
        Estimator<?> newEstimator() {
            return new XGBoostRegressor();
        }
    },
    LINEAR("loss", "huber", "squaredError", "{\"maxIter\": 100}") {
        @Override
        Estimator<?> newEstimator() {
            return new LinearRegression();
        }
    },
    /** Supports squared loss only; {@link Loss} only changes the target's scale. */
    RANDOM_FOREST("", "", "", """
            {"numTrees": 60, "maxDepth": 9, "minInstancesPerNode": 10, "featureSubsetStrategy": "0.4", "maxBins": 64}""") {
        @Override
        Estimator<?> newEstimator() {
            return new RandomForestRegressor();
        }
    },
    /** Supports squared loss only. */
    FACTORIZATION_MACHINE("", "", "", "{\"maxIter\": 300, \"stepSize\": 0.05, \"factorSize\": 8}") {
        @Override
        Estimator<?> newEstimator() {
            return new FMRegressor();
        }
    };

    static final List<String> CHOICES =
            Arrays.stream(values()).map(ModelType::toString).toList();

    private final String lossParameter;
    private final String absoluteLoss;
    private final String squaredLoss;
    private final String defaultParameters;

    ModelType(String lossParameter, String absoluteLoss, String squaredLoss, String defaultParameters) {
        this.lossParameter = lossParameter;
        this.absoluteLoss = absoluteLoss;
        this.squaredLoss = squaredLoss;
        this.defaultParameters = defaultParameters;
    }

    static ModelType named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    abstract Estimator<?> newEstimator();

    /** The default parameters. */
    ModelParameters defaults(Loss loss) {
        ModelParameters defaults = ModelParameters.parse("defaults of " + this, defaultParameters);
        return lossParameter.isEmpty()
                ? defaults
                : defaults.with(lossParameter, "\"" + (loss == Loss.ABSOLUTE ? absoluteLoss : squaredLoss) + "\"");
    }

    /**
     * Whether gradient descent needs standardized features. Trees do not, and linear regression standardizes itself.
     */
    boolean needsScaling() {
        return this == FACTORIZATION_MACHINE;
    }

    /** The loss; the model's own loss parameter takes precedence over the {@code --loss} option. */
    Loss loss(Loss requested, ModelParameters parameters) {
        return parameters
                .string(lossParameter)
                .map(name -> name.equals(absoluteLoss) ? Loss.ABSOLUTE : Loss.SQUARED)
                .orElse(requested);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
