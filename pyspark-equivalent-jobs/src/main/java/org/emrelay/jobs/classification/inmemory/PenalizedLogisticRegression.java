package org.emrelay.jobs.classification.inmemory;

import java.util.Arrays;
import java.util.Set;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;

/**
 * Logistic regression with an elastic net, by Newton's method.
 *
 * <p>Minimizes what Spark minimizes. Each Newton step minimizes the quadratic approximation by coordinate descent
 * (Friedman, Hastie and Tibshirani 2010), which converges for correlated features where gradient methods need thousands
 * of iterations.
 */
record PenalizedLogisticRegression(
        double regularization, double l1Share, boolean standardization, int maxIterations, double tolerance)
        implements InMemoryClassifier {
    private static final long serialVersionUID = 1L;

    static final Set<String> PARAMETERS = Set.of("regParam", "elasticNetParam", "standardization", "maxIter", "tol");

    /** Multiplications for each Newton step: some seconds. */
    private static final long MAX_PRODUCTS = 4_000_000_000L;

    private static final int MAX_SWEEPS = 10_000;
    private static final int MAX_HALVINGS = 20;

    static PenalizedLogisticRegression of(LogisticRegression estimator) {
        return new PenalizedLogisticRegression(
                estimator.getRegParam(),
                estimator.getElasticNetParam(),
                estimator.getStandardization(),
                estimator.getMaxIter(),
                estimator.getTol());
    }

    @Override
    public boolean supports(long rows, int features) {
        return rows * features * features <= MAX_PRODUCTS;
    }

    @Override
    public Fitted fit(VectorRows rows) {
        ElasticNet penalty = standardization
                ? ElasticNet.standardized(regularization, l1Share, rows)
                : ElasticNet.of(regularization, l1Share, rows.features());
        // The last coefficient is the intercept.
        double[] coefficients = new double[rows.features() + 1];
        double objective = objective(rows, penalty, coefficients);
        for (int iteration = 0; iteration < maxIterations; iteration++) {
            double[] next = minimize(new QuadraticLoss(rows, coefficients), penalty, coefficients);
            double improved = objective(rows, penalty, next);
            for (int halving = 0; improved > objective && halving < MAX_HALVINGS; halving++) {
                next = midpoint(coefficients, next);
                improved = objective(rows, penalty, next);
            }
            if (!(improved < objective)) {
                break;
            }
            boolean converged = objective - improved <= tolerance * objective;
            coefficients = next;
            objective = improved;
            if (converged) {
                break;
            }
        }
        return new FittedCoefficients(coefficients);
    }

    private static double[] midpoint(double[] one, double[] other) {
        double[] middle = new double[one.length];
        Arrays.setAll(middle, index -> (one[index] + other[index]) / 2);
        return middle;
    }

    private static double objective(VectorRows rows, ElasticNet penalty, double[] coefficients) {
        double loss = 0;
        double weight = 0;
        for (int row = 0; row < rows.size(); row++) {
            double margin = margin(coefficients, rows.vectors()[row]);
            double signed = rows.positive()[row] ? -margin : margin;
            loss += rows.weights()[row] * (Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed))));
            weight += rows.weights()[row];
        }
        return loss / weight + penalty.of(coefficients);
    }

    static double margin(double[] coefficients, double[] vector) {
        double margin = coefficients[vector.length];
        for (int feature = 0; feature < vector.length; feature++) {
            margin += coefficients[feature] * vector[feature];
        }
        return margin;
    }

    /** Minimizes loss plus penalty, one coefficient at a time. */
    private double[] minimize(QuadraticLoss loss, ElasticNet penalty, double[] start) {
        double[] coefficients = start.clone();
        double[] gradient = loss.gradient.clone();
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            double largest = 0;
            for (int index = 0; index < coefficients.length; index++) {
                double curvature = loss.hessian[index][index];
                if (curvature <= Double.MIN_NORMAL) {
                    continue;
                }
                double unpenalized = curvature * coefficients[index] - gradient[index];
                double shrunk = Math.signum(unpenalized) * Math.max(0, Math.abs(unpenalized) - penalty.l1(index));
                double change = shrunk / (curvature + penalty.l2(index)) - coefficients[index];
                if (change != 0) {
                    coefficients[index] += change;
                    double[] products = loss.hessian[index];
                    for (int other = 0; other < gradient.length; other++) {
                        gradient[other] += change * products[other];
                    }
                    largest = Math.max(largest, change * change * curvature);
                }
            }
            if (largest < tolerance * tolerance * tolerance) {
                break;
            }
        }
        return coefficients;
    }

    private static final class FittedCoefficients implements Fitted {
        private static final long serialVersionUID = 1L;

        private final double[] coefficients;

        FittedCoefficients(double[] coefficients) {
            this.coefficients = coefficients;
        }

        @Override
        public double[] rawPrediction(double[] vector) {
            double margin = margin(coefficients, vector);
            return new double[] {-margin, margin};
        }

        @Override
        public Model<?> model(Estimator<?> estimator) {
            int features = coefficients.length - 1;
            return estimator.copyValues(
                    new LogisticRegressionModel(
                            estimator.uid(),
                            Vectors.dense(Arrays.copyOf(coefficients, features)),
                            coefficients[features]),
                    ParamMap.empty());
        }
    }
}
