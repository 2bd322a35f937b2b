package org.emrelay.jobs.classification.models;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.RandomForestClassifier;

/** The kinds of binary classifier. */
public enum ModelKind {
    LR {
        @Override
        public Estimator<?> newEstimator() {
            return new LogisticRegression();
        }

        @Override
        Scaling scaling() {
            return Scaling.STANDARD;
        }
    },
    NB {
        @Override
        public Estimator<?> newEstimator() {
            return new NaiveBayes();
        }

        /** Naive Bayes rejects negative features. */
        @Override
        Scaling scaling() {
            return Scaling.MIN_MAX;
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
        Scaling scaling() {
            return Scaling.STANDARD;
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

    /** How the features are scaled; trees need no scaling. */
    Scaling scaling() {
        return Scaling.NONE;
    }

    /** The margin from the raw predictions of both classes: the log-odds, if the model has them. */
    double margin(double negative, double positive) {
        return positive;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
