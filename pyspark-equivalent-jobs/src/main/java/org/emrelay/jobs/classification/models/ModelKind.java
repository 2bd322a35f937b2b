package org.emrelay.jobs.classification.models;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.feature.MinMaxScaler;
import org.apache.spark.ml.feature.StandardScaler;

/** The kinds of binary classifier. */
public enum ModelKind {
    LR {
        @Override
        public Estimator<?> newEstimator() {
            return new LogisticRegression();
        }

        @Override
        List<PipelineStage> scalers() {
            return List.of(standardScaler());
        }
    },
    NB {
        @Override
        public Estimator<?> newEstimator() {
            return new NaiveBayes();
        }

        /** Naive Bayes rejects negative features. */
        @Override
        List<PipelineStage> scalers() {
            return List.of(
                    new MinMaxScaler().setInputCol(ModelColumns.FEATURES).setOutputCol(ModelColumns.SCALED),
                    ClampedMinMax.create());
        }

        /** The raw predictions are log-likelihoods; as probabilities nearly all would be 0 or 1. */
        @Override
        double margin(double negative, double positive) {
            return positive - negative;
        }
    },
    RF {
        @Override
        public Estimator<?> newEstimator() {
            return new RandomForestClassifier();
        }

        /** The raw predictions are votes, smoothed by half a vote per class to keep the log-odds finite. */
        @Override
        double margin(double negative, double positive) {
            return Math.log((positive + 0.5) / (negative + 0.5));
        }
    },
    SVM {
        @Override
        public Estimator<?> newEstimator() {
            return new LinearSVC();
        }

        @Override
        List<PipelineStage> scalers() {
            return List.of(standardScaler());
        }
    },
    GBT {
        @Override
        public Estimator<?> newEstimator() {
            return new GBTClassifier();
        }

        /** By GBT's loss, each raw prediction is half the log-odds. */
        @Override
        double margin(double negative, double positive) {
            return positive - negative;
        }
    },
    XGBOOST {
        @Override
        public Estimator<?> newEstimator() {
            return new XGBoostClassifier();
        }
    };

    public static final List<String> CHOICES =
            Arrays.stream(values()).map(ModelKind::toString).toList();

    /** Parses one of {@link #CHOICES}. */
    public static ModelKind named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** An estimator with the library's defaults. */
    public abstract Estimator<?> newEstimator();

    /** The scaling stages before the classifier; trees need none. */
    List<PipelineStage> scalers() {
        return List.of();
    }

    /** The margin from the raw predictions of both classes: the log-odds, if the model has them. */
    double margin(double negative, double positive) {
        return positive;
    }

    private static StandardScaler standardScaler() {
        return new StandardScaler()
                .setWithMean(true)
                .setInputCol(ModelColumns.FEATURES)
                .setOutputCol(ModelColumns.SCALED);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
