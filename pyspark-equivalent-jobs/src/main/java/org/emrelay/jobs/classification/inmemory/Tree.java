package org.emrelay.jobs.classification.inmemory;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A fitted tree. Its nodes are numbered in preorder: the left child of a split is the next node.
 *
 * <p>Has arrays rather than nodes: forests are large, and tasks send them to the driver.
 */
final class Tree implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LEAF = -1;

    private int size;
    private int[] feature;
    private double[] threshold;
    private int[] right;
    private double[] gain;
    private int[] rows;
    private double[] target;
    private double[] weight;

    Tree(int capacity) {
        feature = new int[capacity];
        threshold = new double[capacity];
        right = new int[capacity];
        gain = new double[capacity];
        rows = new int[capacity];
        target = new double[capacity];
        weight = new double[capacity];
    }

    /** Appends a leaf and returns its number. */
    int add(int nodeRows, double nodeTarget, double nodeWeight) {
        int node = size++;
        feature[node] = LEAF;
        rows[node] = nodeRows;
        target[node] = nodeTarget;
        weight[node] = nodeWeight;
        return node;
    }

    /** Turns a leaf into a split: the next node is its left child. */
    void split(int node, int splitFeature, double splitThreshold, double splitGain) {
        feature[node] = splitFeature;
        threshold[node] = splitThreshold;
        gain[node] = splitGain;
    }

    void setRight(int node, int child) {
        right[node] = child;
    }

    /** Releases the unused capacity. */
    Tree trimmed() {
        feature = Arrays.copyOf(feature, size);
        threshold = Arrays.copyOf(threshold, size);
        right = Arrays.copyOf(right, size);
        gain = Arrays.copyOf(gain, size);
        rows = Arrays.copyOf(rows, size);
        target = Arrays.copyOf(target, size);
        weight = Arrays.copyOf(weight, size);
        return this;
    }

    boolean isLeaf(int node) {
        return feature[node] == LEAF;
    }

    int feature(int node) {
        return feature[node];
    }

    /** Values up to the threshold go left. */
    double threshold(int node) {
        return threshold[node];
    }

    int left(int node) {
        return node + 1;
    }

    int right(int node) {
        return right[node];
    }

    double gain(int node) {
        return gain[node];
    }

    /** The number of training rows. */
    int rows(int node) {
        return rows[node];
    }

    /** The sum of the rows' targets. */
    double target(int node) {
        return target[node];
    }

    /** The sum of the rows' weights. */
    double weight(int node) {
        return weight[node];
    }

    /** The leaf that a vector reaches. */
    int leaf(double[] vector) {
        int node = 0;
        while (feature[node] != LEAF) {
            node = vector[feature[node]] <= threshold[node] ? left(node) : right[node];
        }
        return node;
    }
}
