package org.emrelay.jobs.classification.inmemory;

import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.LeafNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.mllib.tree.impurity.ImpurityCalculator;

/** Converts trees to the nodes of Spark's models. */
final class SparkNodes {
    private SparkNodes() {}

    static Node of(Tree tree, IntFunction<ImpurityCalculator> statistics, IntToDoubleFunction prediction) {
        return node(0, tree, statistics, prediction);
    }

    private static Node node(
            int node, Tree tree, IntFunction<ImpurityCalculator> statistics, IntToDoubleFunction prediction) {
        ImpurityCalculator calculator = statistics.apply(node);
        if (tree.isLeaf(node)) {
            return new LeafNode(prediction.applyAsDouble(node), calculator.calculate(), calculator);
        }
        return new InternalNode(
                prediction.applyAsDouble(node),
                calculator.calculate(),
                tree.gain(node) / tree.weight(node),
                node(tree.left(node), tree, statistics, prediction),
                node(tree.right(node), tree, statistics, prediction),
                new ContinuousSplit(tree.feature(node), tree.threshold(node)),
                calculator);
    }
}
