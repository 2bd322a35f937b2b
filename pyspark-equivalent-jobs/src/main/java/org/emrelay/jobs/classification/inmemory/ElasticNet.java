package org.emrelay.jobs.classification.inmemory;

import java.util.Arrays;

/** Penalizes the absolute values and the squares of coefficients, except for the last one, the intercept. */
final class ElasticNet {
    private final double[] l1;
    private final double[] l2;

    private ElasticNet(double regularization, double l1Share, double[] variances) {
        l1 = new double[variances.length + 1];
        l2 = new double[variances.length + 1];
        for (int feature = 0; feature < variances.length; feature++) {
            l1[feature] = regularization * l1Share * Math.sqrt(variances[feature]);
            l2[feature] = regularization * (1 - l1Share) * variances[feature];
        }
    }

    static ElasticNet of(double regularization, double l1Share, int features) {
        double[] variances = new double[features];
        Arrays.fill(variances, 1);
        return new ElasticNet(regularization, l1Share, variances);
    }

    /** Penalizes the coefficients that features of unit variance would have. */
    static ElasticNet standardized(double regularization, double l1Share, VectorRows rows) {
        double[] variances = new double[rows.features()];
        Arrays.setAll(variances, feature -> variance(rows, feature));
        return new ElasticNet(regularization, l1Share, variances);
    }

    /** The unbiased variance of weighted values, as Spark computes it. */
    private static double variance(VectorRows rows, int feature) {
        double weight = 0;
        double squaredWeights = 0;
        double mean = 0;
        double squares = 0;
        for (int row = 0; row < rows.size(); row++) {
            double added = rows.weights()[row];
            double deviation = rows.vectors()[row][feature] - mean;
            weight += added;
            squaredWeights += added * added;
            mean += added / weight * deviation;
            squares += added * deviation * (rows.vectors()[row][feature] - mean);
        }
        return squares / (weight - squaredWeights / weight);
    }

    /** The weight of a coefficient's absolute value. */
    double l1(int index) {
        return l1[index];
    }

    /** The weight of half a coefficient's square. */
    double l2(int index) {
        return l2[index];
    }

    double of(double[] coefficients) {
        double sum = 0;
        for (int index = 0; index < coefficients.length; index++) {
            double coefficient = coefficients[index];
            sum += l1[index] * Math.abs(coefficient) + l2[index] / 2 * coefficient * coefficient;
        }
        return sum;
    }
}
