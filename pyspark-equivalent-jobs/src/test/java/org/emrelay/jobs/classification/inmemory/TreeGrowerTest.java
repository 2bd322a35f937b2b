package org.emrelay.jobs.classification.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.emrelay.jobs.random.KeyedRandom;
import org.junit.jupiter.api.Test;

class TreeGrowerTest {
    private static final KeyedRandom RANDOM = new KeyedRandom(1, 0, 0);

    private static Tree grow(double[][] vectors, double[] targets, TreeGrower.Limits limits) {
        double[] weights = new double[vectors.length];
        Arrays.fill(weights, 1);
        VectorRows rows = new VectorRows(vectors, new boolean[vectors.length], weights);
        int[] all = IntStream.range(0, vectors.length).toArray();
        return TreeGrower.grow(Bins.of(rows, 256), limits, all, targets, weights, RANDOM);
    }

    @Test
    void splitsWhereTheTargetsDiffer() {
        double[][] vectors = {{7, 1}, {7, 2}, {7, 3}, {7, 4}};

        Tree tree = grow(vectors, new double[] {0, 0, 0, 1}, new TreeGrower.Limits(5, 1, 0, 2));

        assertThat(tree.feature(0)).isEqualTo(1);
        assertThat(tree.threshold(0)).isEqualTo(3.5);
        assertThat(tree.isLeaf(tree.left(0))).isTrue();
        assertThat(tree.target(tree.leaf(new double[] {7, 3.5}))).isEqualTo(0);
        assertThat(tree.target(tree.leaf(new double[] {7, 3.6}))).isEqualTo(1);
        // 1²/1 + 0²/3 - 1²/4
        assertThat(tree.gain(0)).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void keepsTheLimits() {
        double[][] vectors = IntStream.range(0, 200)
                .mapToObj(row -> new double[] {row % 7, row, row * 31 % 200})
                .toArray(double[][]::new);
        double[] targets =
                IntStream.range(0, 200).mapToDouble(row -> row * 17 % 3).toArray();

        Tree tree = grow(vectors, targets, new TreeGrower.Limits(4, 9, 0, 2));

        assertThat(depth(tree, 0)).isEqualTo(4);
        assertThat(smallestLeaf(tree, 0)).isGreaterThanOrEqualTo(9);
        assertThat(leafRows(tree, 0)).isEqualTo(200);
    }

    @Test
    void aConstantTargetNeedsNoSplit() {
        Tree tree = grow(new double[][] {{1}, {2}, {3}}, new double[] {1, 1, 1}, new TreeGrower.Limits(5, 1, 0, 1));

        assertThat(tree.isLeaf(0)).isTrue();
    }

    @Test
    void looksBeyondChosenFeaturesThatCannotSplit() {
        double[][] vectors = {{0, 0, 0, 0, 1}, {0, 0, 0, 0, 2}};

        Tree tree = grow(vectors, new double[] {0, 1}, new TreeGrower.Limits(5, 1, 0, 1));

        assertThat(tree.feature(0)).isEqualTo(4);
    }

    private static int depth(Tree tree, int node) {
        return tree.isLeaf(node) ? 0 : 1 + Math.max(depth(tree, tree.left(node)), depth(tree, tree.right(node)));
    }

    private static int smallestLeaf(Tree tree, int node) {
        return tree.isLeaf(node)
                ? tree.rows(node)
                : Math.min(smallestLeaf(tree, tree.left(node)), smallestLeaf(tree, tree.right(node)));
    }

    private static int leafRows(Tree tree, int node) {
        return tree.isLeaf(node) ? tree.rows(node) : leafRows(tree, tree.left(node)) + leafRows(tree, tree.right(node));
    }
}
