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

/** The kinds of model that can be trained to tell two classes apart. */
public enum ModelKind {
    LR {
        @Override
        public Estimator<?> create() {
            return new LogisticRegression();
        }

        @Override
        List<PipelineStage> scaling() {
            return List.of(toDeviations());
        }
    },
    NB {
        @Override
        public Estimator<?> create() {
            return new NaiveBayes();
        }

        /** It refuses what is below 0. */
        @Override
        List<PipelineStage> scaling() {
            return List.of(
                    new MinMaxScaler().setInputCol(ModelColumns.FEATURES).setOutputCol(ModelColumns.SCALED),
                    ClampedMinMax.create());
        }

        /** Logarithms of likelihoods: as shares nearly all would be 0 and 1. */
        @Override
        double margin(double no, double yes) {
            return yes - no;
        }
    },
    RF {
        @Override
        public Estimator<?> create() {
            return new RandomForestClassifier();
        }

        /** Votes; half a vote more for both, for no forest is that sure. */
        @Override
        double margin(double no, double yes) {
            return Math.log((yes + 0.5) / (no + 0.5));
        }
    },
    SVM {
        @Override
        public Estimator<?> create() {
            return new LinearSVC();
        }

        @Override
        List<PipelineStage> scaling() {
            return List.of(toDeviations());
        }
    },
    GBT {
        @Override
        public Estimator<?> create() {
            return new GBTClassifier();
        }

        /** Half the logarithm of the odds each, by its loss. */
        @Override
        double margin(double no, double yes) {
            return yes - no;
        }
    },
    XGBOOST {
        @Override
        public Estimator<?> create() {
            return new XGBoostClassifier();
        }
    };

    public static final List<String> CHOICES =
            Arrays.stream(values()).map(ModelKind::toString).toList();

    /** By one of the {@link #CHOICES}. */
    public static ModelKind named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** With nothing set yet: to be looked at, or to be fitted. */
    public abstract Estimator<?> create();

    /** What brings the features to the scale that the kind needs; trees need none. */
    List<PipelineStage> scaling() {
        return List.of();
    }

    /** From what the model says for each class to one number: the logarithm of the odds, where it knows such. */
    double margin(double no, double yes) {
        return yes;
    }

    private static StandardScaler toDeviations() {
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
