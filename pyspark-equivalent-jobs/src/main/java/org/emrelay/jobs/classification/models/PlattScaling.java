package org.emrelay.jobs.classification.models;

import java.io.Serializable;
import java.util.Arrays;

/** Maps a model's margin, in any unit, to a calibrated probability by a logistic curve. */
public record PlattScaling(double slope, double intercept) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MAX_ITERATIONS = 100;
    private static final double TOLERANCE = 1e-10;

    /** Positive, so that the scaling never inverts a model that is worse than random. */
    private static final double MIN_SLOPE = 1e-3;

    /** Corrects log-odds margins of a model trained with this weight on the positive class. */
    static PlattScaling ofWeights(double positiveWeight) {
        return new PlattScaling(1, -Math.log(positiveWeight));
    }

    /** Fits the curve to out-of-fold margins and their labels. */
    public static PlattScaling fit(double[] margins, boolean[] positive) {
        double mean = Arrays.stream(margins).average().orElse(0);
        double variance = Arrays.stream(margins)
                .map(margin -> (margin - mean) * (margin - mean))
                .average()
                .orElse(0);
        double deviation = variance > 0 ? Math.sqrt(variance) : 1;
        double[] scaled = Arrays.stream(margins)
                .map(margin -> (margin - mean) / deviation)
                .toArray();
        double[] targets = targets(positive);
        PlattScaling fitted = newtonFit(scaled, targets);
        if (fitted.slope < MIN_SLOPE) {
            double baseRate = Arrays.stream(targets).average().orElse(0.5);
            fitted = new PlattScaling(MIN_SLOPE, Math.log(baseRate / (1 - baseRate)));
        }
        return new PlattScaling(fitted.slope / deviation, fitted.intercept - fitted.slope * mean / deviation);
    }

    /** Platt's smoothed targets instead of 0 and 1, so that the fit exists for separable classes. */
    private static double[] targets(boolean[] positive) {
        int positives = 0;
        for (boolean label : positive) {
            positives += label ? 1 : 0;
        }
        int negatives = positive.length - positives;
        double high = (positives + 1.0) / (positives + 2.0);
        double low = 1.0 / (negatives + 2.0);
        double[] targets = new double[positive.length];
        for (int row = 0; row < targets.length; row++) {
            targets[row] = positive[row] ? high : low;
        }
        return targets;
    }

    /** Newton's method with step halving while the loss increases. */
    private static PlattScaling newtonFit(double[] scaled, double[] targets) {
        double baseRate = Arrays.stream(targets).average().orElse(0.5);
        PlattScaling current = new PlattScaling(0, Math.log(baseRate / (1 - baseRate)));
        double loss = current.loss(scaled, targets);
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            PlattScaling step = current.newtonStep(scaled, targets);
            double size = 1;
            PlattScaling next = current.plus(step, size);
            while (next.loss(scaled, targets) > loss && size > TOLERANCE) {
                size /= 2;
                next = current.plus(step, size);
            }
            double improvement = loss - next.loss(scaled, targets);
            if (improvement <= TOLERANCE * scaled.length) {
                return improvement > 0 ? next : current;
            }
            current = next;
            loss -= improvement;
        }
        return current;
    }

    private PlattScaling newtonStep(double[] scaled, double[] targets) {
        double slopeGradient = 0;
        double interceptGradient = 0;
        double slopeHessian = 1e-9;
        double mixedHessian = 0;
        double interceptHessian = 1e-9;
        for (int row = 0; row < scaled.length; row++) {
            double probability = probability(scaled[row]);
            double error = probability - targets[row];
            double weight = probability * (1 - probability);
            slopeGradient += error * scaled[row];
            interceptGradient += error;
            slopeHessian += weight * scaled[row] * scaled[row];
            mixedHessian += weight * scaled[row];
            interceptHessian += weight;
        }
        double determinant = slopeHessian * interceptHessian - mixedHessian * mixedHessian;
        return new PlattScaling(
                -(interceptHessian * slopeGradient - mixedHessian * interceptGradient) / determinant,
                -(slopeHessian * interceptGradient - mixedHessian * slopeGradient) / determinant);
    }

    private PlattScaling plus(PlattScaling step, double size) {
        return new PlattScaling(slope + size * step.slope, intercept + size * step.intercept);
    }

    private double loss(double[] scaled, double[] targets) {
        double loss = 0;
        for (int row = 0; row < scaled.length; row++) {
            double logOdds = slope * scaled[row] + intercept;
            // log(1 + e^x) without overflow.
            loss += Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds))) - targets[row] * logOdds;
        }
        return loss;
    }

    public double probability(double margin) {
        return 1 / (1 + Math.exp(-(slope * margin + intercept)));
    }
}
