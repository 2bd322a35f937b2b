package org.emrelay.jobs.classification.inmemory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.mllib.tree.impurity.ImpurityCalculator;
import org.apache.spark.mllib.tree.impurity.VarianceCalculator;
import org.emrelay.jobs.random.KeyedRandom;

/** Trees boosted on the logistic loss by Newton's method: each predicts a part of the log-odds. */
record BoostedTrees(int trees, double stepSize, TreeParameters parameters) implements InMemoryClassifier {
    private static final long serialVersionUID = 1L;

    static final Set<String> PARAMETERS = Set.of("maxIter", "stepSize");

    /** Keeps leaves with a small total hessian from extreme predictions. */
    private static final double REGULARIZATION = 1;

    static BoostedTrees of(GBTClassifier estimator) {
        return new BoostedTrees(estimator.getMaxIter(), estimator.getStepSize(), TreeParameters.of(estimator));
    }

    @Override
    public boolean supports(long rows, int features) {
        return parameters.isBinnable();
    }

    @Override
    public Fitted fit(VectorRows rows) {
        Bins bins = Bins.of(rows, parameters.maxBins());
        TreeGrower.Limits limits = parameters.limits(REGULARIZATION, "all", rows.features());
        double[] gradients = new double[rows.size()];
        double[] hessians = new double[rows.size()];
        double[] logOdds = new double[rows.size()];
        List<Tree> grown = new ArrayList<>();
        for (int number = 0; number < trees; number++) {
            for (int row = 0; row < logOdds.length; row++) {
                double probability = 1 / (1 + Math.exp(-logOdds[row]));
                gradients[row] = rows.weights()[row] * ((rows.positive()[row] ? 1 : 0) - probability);
                hessians[row] = rows.weights()[row] * probability * (1 - probability);
            }
            KeyedRandom random = new KeyedRandom(parameters.seed(), number, 0);
            int[] sample = RowSample.withoutReplacement(rows.size(), parameters.subsamplingRate(), random);
            Tree tree = TreeGrower.grow(bins, limits, sample, gradients, hessians, random);
            for (int row = 0; row < logOdds.length; row++) {
                logOdds[row] += stepSize * logOdds(tree, tree.leaf(rows.vectors()[row]));
            }
            grown.add(tree);
        }
        return new FittedTrees(grown, stepSize, rows.features());
    }

    /** The node's Newton step. */
    private static double logOdds(Tree tree, int node) {
        return tree.target(node) / (tree.weight(node) + REGULARIZATION);
    }

    private static final class FittedTrees implements Fitted {
        private static final long serialVersionUID = 1L;

        private final ArrayList<Tree> trees;
        private final double stepSize;
        private final int features;

        FittedTrees(List<Tree> trees, double stepSize, int features) {
            this.trees = new ArrayList<>(trees);
            this.stepSize = stepSize;
            this.features = features;
        }

        @Override
        public double[] rawPrediction(double[] vector) {
            double sum = 0;
            for (Tree tree : trees) {
                sum += stepSize * prediction(tree, tree.leaf(vector));
            }
            return new double[] {-sum, sum};
        }

        @Override
        public Model<?> model(Estimator<?> estimator) {
            DecisionTreeRegressionModel[] models = trees.stream()
                    .map(tree -> new DecisionTreeRegressionModel(
                            Identifiable$.MODULE$.randomUID("dtr"),
                            SparkNodes.of(tree, node -> statistics(tree, node), node -> prediction(tree, node)),
                            features))
                    .toArray(DecisionTreeRegressionModel[]::new);
            double[] weights = new double[models.length];
            Arrays.fill(weights, stepSize);
            return estimator.copyValues(
                    new GBTClassificationModel(estimator.uid(), models, weights, features, 2), ParamMap.empty());
        }

        /** By Spark's loss, the sum of all predictions is half the log-odds. */
        private static double prediction(Tree tree, int node) {
            return logOdds(tree, node) / 2;
        }

        /** Feature importances weight a split's gain by the count, here the sum of hessians. */
        private static ImpurityCalculator statistics(Tree tree, int node) {
            double weight = tree.weight(node);
            double target = tree.target(node);
            return new VarianceCalculator(new double[] {weight, target, target * target / weight}, tree.rows(node));
        }
    }
}
