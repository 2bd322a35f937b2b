package org.sparkpipelines.jobs.classification.models;

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

/** The kinds of model that can be trained to tell two classes apart. */
public enum ModelKind {
    LR {
        @Override
        Estimator<?> create() {
            return new LogisticRegression();
        }
    },
    NB {
        @Override
        Estimator<?> create() {
            return new NaiveBayes();
        }
    },
    RF {
        @Override
        Estimator<?> create() {
            return new RandomForestClassifier();
        }
    },
    SVM {
        @Override
        Estimator<?> create() {
            return new LinearSVC();
        }
    },
    GBT {
        @Override
        Estimator<?> create() {
            return new GBTClassifier();
        }
    },
    XGBOOST {
        @Override
        Estimator<?> create() {
            return new XGBoostClassifier();
        }
    };

    public static final List<String> CHOICES =
            Arrays.stream(values()).map(ModelKind::toString).toList();

    /** By one of the {@link #CHOICES}. */
    public static ModelKind named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    abstract Estimator<?> create();

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
