package org.emrelay.jobs.classification.inmemory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.mllib.tree.impurity.GiniCalculator;
import org.apache.spark.mllib.tree.impurity.ImpurityCalculator;
import org.emrelay.jobs.random.KeyedRandom;

/** A random forest that minimizes the Gini impurity: its trees predict the shares of the classes in their leaves. */
record RandomForest(int trees, boolean bootstrap, TreeParameters parameters) implements InMemoryClassifier {
    private static final long serialVersionUID = 1L;

    static final Set<String> PARAMETERS = Set.of("numTrees", "bootstrap");

    static RandomForest of(RandomForestClassifier estimator) {
        return new RandomForest(estimator.getNumTrees(), estimator.getBootstrap(), TreeParameters.of(estimator));
    }

    @Override
    public boolean supports(long rows, int features) {
        return parameters.isBinnable();
    }

    @Override
    public Fitted fit(VectorRows rows) {
        double[] targets = new double[rows.size()];
        for (int row = 0; row < targets.length; row++) {
            targets[row] = rows.positive()[row] ? rows.weights()[row] : 0;
        }
        Bins bins = Bins.of(rows, parameters.maxBins());
        TreeGrower.Limits limits = parameters.limits(0, "sqrt", rows.features());
        List<Tree> grown = new ArrayList<>();
        for (int tree = 0; tree < trees; tree++) {
            KeyedRandom random = new KeyedRandom(parameters.seed(), tree, 0);
            int[] sample = bootstrap
                    ? RowSample.withReplacement(rows.size(), parameters.subsamplingRate(), random)
                    : RowSample.withoutReplacement(rows.size(), parameters.subsamplingRate(), random);
            grown.add(TreeGrower.grow(bins, limits, sample, targets, rows.weights(), random));
        }
        return new FittedForest(grown, rows.features());
    }

    private static final class FittedForest implements Fitted {
        private static final long serialVersionUID = 1L;

        private final ArrayList<Tree> trees;
        private final int features;

        FittedForest(List<Tree> trees, int features) {
            this.trees = new ArrayList<>(trees);
            this.features = features;
        }

        @Override
        public double[] rawPrediction(double[] vector) {
            double[] votes = new double[2];
            for (Tree tree : trees) {
                double share = share(tree, tree.leaf(vector));
                votes[0] += 1 - share;
                votes[1] += share;
            }
            return votes;
        }

        @Override
        public Model<?> model(Estimator<?> estimator) {
            DecisionTreeClassificationModel[] models = trees.stream()
                    .map(tree -> new DecisionTreeClassificationModel(
                            Identifiable$.MODULE$.randomUID("dtc"),
                            SparkNodes.of(tree, node -> classCounts(tree, node), node -> Math.rint(share(tree, node))),
                            features,
                            2))
                    .toArray(DecisionTreeClassificationModel[]::new);
            return estimator.copyValues(
                    new RandomForestClassificationModel(estimator.uid(), models, features, 2), ParamMap.empty());
        }

        /** The share of positive rows. */
        private static double share(Tree tree, int node) {
            return tree.target(node) / tree.weight(node);
        }

        private static ImpurityCalculator classCounts(Tree tree, int node) {
            double positive = tree.target(node);
            return new GiniCalculator(new double[] {tree.weight(node) - positive, positive}, tree.rows(node));
        }
    }
}
