package org.emrelay.jobs.classification.inmemory;

import java.util.Arrays;

/** The quadratic approximation of the mean logistic loss: its gradient and Hessian, the intercept last. */
final class QuadraticLoss {
    final double[] gradient;
    final double[][] hessian;

    QuadraticLoss(VectorRows rows, double[] coefficients) {
        int features = rows.features();
        gradient = new double[features + 1];
        hessian = new double[features + 1][features + 1];
        double[] vector = new double[features + 1];
        vector[features] = 1;
        double total = Arrays.stream(rows.weights()).sum();
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.vectors()[row], 0, vector, 0, features);
            double probability =
                    1 / (1 + Math.exp(-PenalizedLogisticRegression.margin(coefficients, rows.vectors()[row])));
            double weight = rows.weights()[row] / total;
            double slope = weight * (probability - (rows.positive()[row] ? 1 : 0));
            double curvature = weight * probability * (1 - probability);
            for (int one = 0; one <= features; one++) {
                gradient[one] += slope * vector[one];
                double product = curvature * vector[one];
                double[] products = hessian[one];
                for (int other = 0; other <= one; other++) {
                    products[other] += product * vector[other];
                }
            }
        }
        for (int one = 0; one <= features; one++) {
            for (int other = 0; other < one; other++) {
                hessian[other][one] = hessian[one][other];
            }
        }
    }
}
