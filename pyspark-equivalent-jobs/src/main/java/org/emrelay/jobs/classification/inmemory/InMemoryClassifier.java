package org.emrelay.jobs.classification.inmemory;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.param.Param;

/** An algorithm with the parameters of an estimator of Spark. */
sealed interface InMemoryClassifier extends Serializable
        permits BoostedTrees, PenalizedLogisticRegression, RandomForest {

    /** Parameters that name columns or only concern how Spark distributes its work. */
    Set<String> IGNORED_PARAMETERS = Set.of(
            "featuresCol",
            "labelCol",
            "weightCol",
            "rawPredictionCol",
            "probabilityCol",
            "predictionCol",
            "maxMemoryInMB",
            "maxBlockSizeInMB",
            "aggregationDepth",
            "cacheNodeIds",
            "checkpointInterval");

    /** Empty if only Spark's implementation supports the estimator and all its parameters. */
    static Optional<InMemoryClassifier> of(Estimator<?> estimator) {
        if (estimator instanceof RandomForestClassifier forest && setsOnly(RandomForest.PARAMETERS, estimator)) {
            return Optional.of(RandomForest.of(forest));
        }
        if (estimator instanceof GBTClassifier boosted && setsOnly(BoostedTrees.PARAMETERS, estimator)) {
            return Optional.of(BoostedTrees.of(boosted));
        }
        if (estimator instanceof LogisticRegression logistic
                && setsOnly(PenalizedLogisticRegression.PARAMETERS, estimator)) {
            return Optional.of(PenalizedLogisticRegression.of(logistic));
        }
        return Optional.empty();
    }

    private static boolean setsOnly(Set<String> parameters, Estimator<?> estimator) {
        return Arrays.stream(estimator.params())
                .filter(estimator::isSet)
                .map(Param::name)
                .allMatch(name -> IGNORED_PARAMETERS.contains(name)
                        || TreeParameters.NAMES.contains(name)
                        || parameters.contains(name));
    }

    /** Whether one task can fit a table of this size in reasonable time. */
    boolean supports(long rows, int features);

    Fitted fit(VectorRows rows);

    /** What a fit returns from its task. */
    interface Fitted extends Serializable {
        /** The raw prediction of both classes, as Spark's model computes it. */
        double[] rawPrediction(double[] vector);

        /** A model of Spark with the estimator's parameters. */
        Model<?> model(Estimator<?> estimator);
    }
}
