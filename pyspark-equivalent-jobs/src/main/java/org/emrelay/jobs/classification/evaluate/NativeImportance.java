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
import org.emrelay.jobs.learning.FeaturePlaces;
import org.emrelay.jobs.learning.SavedPipeline;

/**
 * What a model itself says it goes by: trees the share of what they have learnt from each feature, linear models the weight of
 * each, which has a direction.
 *
 * @param hasDirection whether a weight below 0 lowers the chance
 */
record NativeImportance(boolean hasDirection, List<Weight> weights) {

    /** How much one feature, or one value of a category, weighs. */
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
     * Of a fitted model of any kind.
     *
     * @param places what those of its vectors stand for
     */
    static NativeImportance of(SavedPipeline model, FeaturePlaces places) {
        for (Transformer stage : model.model().stages()) {
            if (stage instanceof RandomForestClassificationModel forest) {
                return ofTrees(forest.featureImportances().toArray(), places);
            }
            if (stage instanceof GBTClassificationModel trees) {
                return ofTrees(trees.featureImportances().toArray(), places);
            }
            if (stage instanceof XGBoostClassificationModel trees) {
                return ofTrees(gains(trees, places.names().size()), places);
            }
            if (stage instanceof LogisticRegressionModel linear) {
                return linear(linear.coefficients().toArray(), places);
            }
            if (stage instanceof LinearSVCModel linear) {
                return linear(linear.coefficients().toArray(), places);
            }
            if (stage instanceof NaiveBayesModel bayes) {
                return linear(bayesian(bayes), places);
            }
        }
        return new NativeImportance(false, List.of());
    }

    /** What the model sees, in the order in which it is worth being looked at: a category where its heaviest value is. */
    Map<String, int[]> heaviestFirst(FeaturePlaces places) {
        Map<String, String> groups = new HashMap<>();
        places.groups().forEach((group, own) -> {
            groups.put(group, group);
            for (int place : own) {
                groups.putIfAbsent(places.names().get(place), group);
            }
        });
        Map<String, int[]> ordered = new LinkedHashMap<>();
        for (Weight weight : weights) {
            String group = Objects.requireNonNull(groups.get(weight.name()));
            ordered.putIfAbsent(group, Objects.requireNonNull(places.groups().get(group)));
        }
        places.groups().forEach(ordered::putIfAbsent);
        return ordered;
    }

    Map<String, Object> byName() {
        Map<String, Object> byName = new LinkedHashMap<>();
        weights.forEach(weight -> byName.put(weight.name(), weight.weight()));
        return byName;
    }

    /** Shares can be added: a category is all of its values. */
    private static NativeImportance ofTrees(double[] shares, FeaturePlaces places) {
        double whole = 0;
        for (double share : shares) {
            whole += share;
        }
        List<Weight> weights = new ArrayList<>();
        for (Map.Entry<String, int[]> group : places.groups().entrySet()) {
            double share = 0;
            for (int place : group.getValue()) {
                share += shares[place];
            }
            weights.add(new Weight(group.getKey(), whole == 0 ? 0 : share / whole));
        }
        return new NativeImportance(false, weights);
    }

    private static NativeImportance linear(double[] coefficients, FeaturePlaces places) {
        List<Weight> weights = new ArrayList<>();
        for (int place = 0; place < coefficients.length; place++) {
            weights.add(new Weight(places.names().get(place), coefficients[place]));
        }
        return new NativeImportance(true, weights);
    }

    /** How much likelier each feature is with the label 1 than with 0, as logarithms. */
    private static double[] bayesian(NaiveBayesModel bayes) {
        double[] weights = new double[bayes.theta().numCols()];
        for (int place = 0; place < weights.length; place++) {
            weights[place] = bayes.theta().apply(1, place) - bayes.theta().apply(0, place);
        }
        return weights;
    }

    private static double[] gains(XGBoostClassificationModel trees, int places) {
        double[] gains = new double[places];
        try {
            trees.nativeBooster()
                    .booster()
                    .getScore("", "total_gain")
                    // It was told no names and has its own, f0, f1 and so on, which columns may have for other places.
                    .forEach((name, gain) -> gains[Integer.parseInt(name.substring(1))] = gain);
        } catch (XGBoostError unreadable) {
            throw new IllegalStateException("the trees of " + trees.uid() + " do not tell what they go by", unreadable);
        }
        return gains;
    }
}
