package org.emrelay.jobs.classification.inmemory;

import java.util.Arrays;
import org.emrelay.jobs.random.KeyedRandom;

/**
 * Grows trees on histograms of two sums per bin: of the rows' targets and of their weights.
 *
 * <p>A split is scored by the sum of target²/weight of both sides. With labels as targets this is the Gini impurity;
 * with gradients as targets and hessians as weights it is the gain of Newton boosting.
 */
final class TreeGrower {
    private static final int SUMS = 3;

    /** Less than this is rounding error. */
    private static final double MIN_GAIN = 1e-9;

    /**
     * The limits of a tree.
     *
     * @param minRows of each child
     * @param regularization added to the weights of both children
     * @param featuresPerSplit the number of features, chosen at random for each split; more if none of them splits
     */
    record Limits(int maxDepth, int minRows, double regularization, int featuresPerSplit) {}

    private final Bins bins;
    private final Limits limits;
    private final double[] targets;
    private final double[] weights;
    private final KeyedRandom random;

    private final int[] rows;
    private final int[] moved;
    private final double[] nodeTargets;
    private final double[] nodeWeights;
    private final double[] histogram = new double[SUMS * Bins.MAX];
    private final int[] features;
    private final Tree tree;

    private TreeGrower(Bins bins, Limits limits, int[] rows, double[] targets, double[] weights, KeyedRandom random) {
        this.bins = bins;
        this.limits = limits;
        this.rows = rows;
        this.targets = targets;
        this.weights = weights;
        this.random = random;
        moved = new int[rows.length];
        nodeTargets = new double[rows.length];
        nodeWeights = new double[rows.length];
        features = new int[bins.features()];
        Arrays.setAll(features, feature -> feature);
        tree = new Tree((int) Math.min(2L * rows.length + 1, (2L << Math.min(limits.maxDepth(), 30)) - 1));
    }

    /**
     * Grows a tree.
     *
     * @param rows row numbers, which may repeat; reordered
     * @param targets by row of the table
     * @param weights by row of the table
     */
    static Tree grow(Bins bins, Limits limits, int[] rows, double[] targets, double[] weights, KeyedRandom random) {
        TreeGrower grower = new TreeGrower(bins, limits, rows, targets, weights, random);
        grower.grow(0, rows.length, 0);
        return grower.tree.trimmed();
    }

    private int grow(int from, int to, int depth) {
        double target = 0;
        double weight = 0;
        for (int index = from; index < to; index++) {
            nodeTargets[index] = targets[rows[index]];
            nodeWeights[index] = weights[rows[index]];
            target += nodeTargets[index];
            weight += nodeWeights[index];
        }
        int node = tree.add(to - from, target, weight);
        if (depth == limits.maxDepth() || to - from < 2 * limits.minRows()) {
            return node;
        }
        Split best = bestSplit(from, to, target, weight);
        if (best.gain > MIN_GAIN) {
            tree.split(node, best.feature, bins.thresholds(best.feature)[best.bin], best.gain);
            int middle = partition(from, to, best);
            grow(from, middle, depth + 1);
            tree.setRight(node, grow(middle, to, depth + 1));
        }
        return node;
    }

    private static final class Split {
        int feature;
        int bin;
        double gain;
    }

    private Split bestSplit(int from, int to, double target, double weight) {
        Split best = new Split();
        double unsplit = score(target, weight);
        for (int position = 0;
                position < limits.featuresPerSplit() || (best.gain == 0 && position < features.length);
                position++) {
            int feature = choose(position);
            fillHistogram(feature, from, to);
            int rowsLeft = 0;
            double targetLeft = 0;
            double weightLeft = 0;
            for (int bin = 0; bin < bins.count(feature) - 1; bin++) {
                int count = (int) histogram[SUMS * bin + 2];
                if (count == 0) {
                    continue;
                }
                rowsLeft += count;
                targetLeft += histogram[SUMS * bin];
                weightLeft += histogram[SUMS * bin + 1];
                if (to - from - rowsLeft < limits.minRows()) {
                    break;
                }
                double gain = score(targetLeft, weightLeft) + score(target - targetLeft, weight - weightLeft) - unsplit;
                if (rowsLeft >= limits.minRows() && gain > best.gain) {
                    best.feature = feature;
                    best.bin = bin;
                    best.gain = gain;
                }
            }
        }
        return best;
    }

    private double score(double target, double weight) {
        return target * target / (weight + limits.regularization());
    }

    /** The next feature of a random permutation (Fisher and Yates); in order if all are used. */
    private int choose(int position) {
        if (limits.featuresPerSplit() < features.length) {
            int drawn = position + random.nextBelow(features.length - position);
            int feature = features[drawn];
            features[drawn] = features[position];
            features[position] = feature;
        }
        return features[position];
    }

    private void fillHistogram(int feature, int from, int to) {
        Arrays.fill(histogram, 0, SUMS * bins.count(feature), 0);
        byte[] column = bins.column(feature);
        for (int index = from; index < to; index++) {
            int slot = SUMS * (column[rows[index]] & 0xFF);
            histogram[slot] += nodeTargets[index];
            histogram[slot + 1] += nodeWeights[index];
            histogram[slot + 2]++;
        }
    }

    /** Moves the rows that go left before the others, keeping the order of both. */
    private int partition(int from, int to, Split split) {
        int left = from;
        int right = 0;
        for (int index = from; index < to; index++) {
            int row = rows[index];
            if (bins.bin(split.feature, row) <= split.bin) {
                rows[left++] = row;
            } else {
                moved[right++] = row;
            }
        }
        System.arraycopy(moved, 0, rows, left, right);
        return left;
    }
}
