package org.emrelay.jobs.classification.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.NaiveBayesModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.emrelay.jobs.learning.FeatureLayout;
import org.emrelay.jobs.learning.SavedPipeline;

/**
 * A model's own feature importance: gain for trees, signed weights for linear models.
 *
 * @param hasDirection whether weights are signed: a negative one lowers the probability
 */
record NativeImportance(boolean hasDirection, List<Weight> weights) {

    /** The weight of one feature or of one category value. */
    record Weight(String name, double weight) {
        Weight {
            Objects.requireNonNull(name, "name");
        }
    }

    NativeImportance {
        weights = weights.stream()
                .sorted(Comparator.comparingDouble((Weight weight) -> -Math.abs(weight.weight())))
                .toList();
    }

    /**
     * Reads the importance of a fitted model of any kind.
     *
     * @param layout the slots of the model's vectors
     */
    static NativeImportance of(SavedPipeline model, FeatureLayout layout) {
        for (Transformer stage : model.model().stages()) {
            if (stage instanceof RandomForestClassificationModel forest) {
                return treeImportance(forest.featureImportances().toArray(), layout);
            }
            if (stage instanceof GBTClassificationModel trees) {
                return treeImportance(trees.featureImportances().toArray(), layout);
            }
            if (stage instanceof XGBoostClassificationModel trees) {
                return treeImportance(gains(trees, layout.names().size()), layout);
            }
            if (stage instanceof LogisticRegressionModel linear) {
                return signedWeights(linear.coefficients().toArray(), layout);
            }
            if (stage instanceof LinearSVCModel linear) {
                return signedWeights(linear.coefficients().toArray(), layout);
            }
            if (stage instanceof NaiveBayesModel bayes) {
                return signedWeights(logLikelihoodRatios(bayes), layout);
            }
        }
        return new NativeImportance(false, List.of());
    }

    /** The layout's groups by descending weight; a category ranks by its heaviest value. */
    Map<String, int[]> heaviestFirst(FeatureLayout layout) {
        Map<String, String> groups = new HashMap<>();
        layout.groups().forEach((group, slots) -> {
            groups.put(group, group);
            for (int slot : slots) {
                groups.putIfAbsent(layout.names().get(slot), group);
            }
        });
        Map<String, int[]> ordered = new LinkedHashMap<>();
        for (Weight weight : weights) {
            String group = Objects.requireNonNull(groups.get(weight.name()));
            ordered.putIfAbsent(group, Objects.requireNonNull(layout.groups().get(group)));
        }
        layout.groups().forEach(ordered::putIfAbsent);
        return ordered;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        weights.forEach(weight -> map.put(weight.name(), weight.weight()));
        return map;
    }

    /** Sums the gain of a category's slots. */
    private static NativeImportance treeImportance(double[] gains, FeatureLayout layout) {
        double total = 0;
        for (double share : gains) {
            total += share;
        }
        List<Weight> weights = new ArrayList<>();
        for (Map.Entry<String, int[]> group : layout.groups().entrySet()) {
            double share = 0;
            for (int slot : group.getValue()) {
                share += gains[slot];
            }
            weights.add(new Weight(group.getKey(), total == 0 ? 0 : share / total));
        }
        return new NativeImportance(false, weights);
    }

    private static NativeImportance signedWeights(double[] coefficients, FeatureLayout layout) {
        List<Weight> weights = new ArrayList<>();
        for (int slot = 0; slot < coefficients.length; slot++) {
            weights.add(new Weight(layout.names().get(slot), coefficients[slot]));
        }
        return new NativeImportance(true, weights);
    }

    /** The log-likelihood ratio of label 1 to label 0 for each feature. */
    private static double[] logLikelihoodRatios(NaiveBayesModel bayes) {
        double[] weights = new double[bayes.theta().numCols()];
        for (int slot = 0; slot < weights.length; slot++) {
            weights[slot] = bayes.theta().apply(1, slot) - bayes.theta().apply(0, slot);
        }
        return weights;
    }

    private static double[] gains(XGBoostClassificationModel trees, int slots) {
        double[] gains = new double[slots];
        try {
            trees.nativeBooster()
                    .booster()
                    .getScore("", "total_gain")
                    // The booster has no feature names and numbers the slots f0, f1, …, whatever the columns are
                    // called.
                    .forEach((name, gain) -> gains[Integer.parseInt(name.substring(1))] = gain);
        } catch (XGBoostError unreadable) {
            throw new IllegalStateException("cannot read the feature scores of " + trees.uid(), unreadable);
        }
        return gains;
    }
}
