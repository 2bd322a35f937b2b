package org.emrelay.jobs.topics.lda;

import java.util.Arrays;

/**
 * Topics as points in a plane, by classical multidimensional scaling of their Jensen–Shannon distances.
 *
 * @param points the x and y coordinates of each topic
 * @param shown the share of the variance that the two dimensions explain
 */
@SuppressWarnings("ArrayRecordComponent") // Indexed by topic, and never compared.
public record TopicMap(double[][] points, double shown) {
    private static final int POWER_ITERATIONS = 500;

    public static TopicMap of(TopicModel model) {
        double[][] centred = centred(squaredDistances(model));
        double trace = 0;
        for (int i = 0; i < centred.length; i++) {
            trace += centred[i][i];
        }
        double[][] points = new double[model.topics()][2];
        double found = 0;
        for (int dimension = 0; dimension < 2; dimension++) {
            double[] vector = new double[centred.length];
            double value = dominant(centred, vector);
            if (value <= 1e-12) {
                break;
            }
            found += value;
            for (int i = 0; i < vector.length; i++) {
                points[i][dimension] = vector[i] * Math.sqrt(value);
                for (int j = 0; j < vector.length; j++) {
                    centred[i][j] -= value * vector[i] * vector[j];
                }
            }
        }
        return new TopicMap(points, trace <= 0 ? 1 : Math.min(1, found / trace));
    }

    private static double[][] squaredDistances(TopicModel model) {
        double[][] squares = new double[model.topics()][model.topics()];
        for (int one = 0; one < squares.length; one++) {
            for (int other = one + 1; other < squares.length; other++) {
                double divergence = 0;
                for (int term = 0; term < model.vocabulary(); term++) {
                    divergence += JensenShannon.part(model.probability(one, term), model.probability(other, term));
                }
                // The square of the Jensen–Shannon distance is the divergence.
                squares[one][other] = divergence;
                squares[other][one] = divergence;
            }
        }
        return squares;
    }

    /** Double-centers the squared distances: the result contains the inner products of the centered points. */
    private static double[][] centred(double[][] squares) {
        int size = squares.length;
        double[] means = Arrays.stream(squares)
                .mapToDouble(row -> Arrays.stream(row).average().orElse(0))
                .toArray();
        double mean = Arrays.stream(means).average().orElse(0);
        double[][] centred = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                centred[i][j] = -(squares[i][j] - means[i] - means[j] + mean) / 2;
            }
        }
        return centred;
    }

    /** Computes the largest eigenvalue of a symmetric matrix by power iteration. Writes its eigenvector to {@code vector}. */
    private static double dominant(double[][] matrix, double[] vector) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] = 1 + 0.37 * i;
        }
        double value = 0;
        for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
            double[] next = new double[vector.length];
            double norm = 0;
            for (int i = 0; i < next.length; i++) {
                for (int j = 0; j < next.length; j++) {
                    next[i] += matrix[i][j] * vector[j];
                }
                norm += next[i] * next[i];
            }
            value = Math.sqrt(norm);
            if (value <= 1e-15) {
                return 0;
            }
            for (int i = 0; i < next.length; i++) {
                vector[i] = next[i] / value;
            }
        }
        return value;
    }
}
