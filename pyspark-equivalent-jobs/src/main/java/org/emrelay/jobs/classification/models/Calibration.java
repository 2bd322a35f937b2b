package org.emrelay.jobs.classification.models;

import java.io.Serializable;
import java.util.Arrays;

/** From a model's own margin, in whatever unit, to a chance that keeps its word (Platt's way: a logistic curve). */
public record Calibration(double slope, double intercept) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int TURNS = 100;
    private static final double CLOSE_ENOUGH = 1e-10;

    /** Never 0 or below, for then a model that is worse than guessing would be turned upside down. */
    private static final double LEAST_SLOPE = 1e-3;

    /** For margins that are logarithms of odds, of a model to which the positive class was shown that many times as heavy. */
    static Calibration ofWeights(double positiveWeight) {
        return new Calibration(1, -Math.log(positiveWeight));
    }

    /** The curve nearest to what came true, of margins that were given without having seen it. */
    public static Calibration of(double[] margins, boolean[] positive) {
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
        Calibration found = fit(scaled, targets);
        if (found.slope < LEAST_SLOPE) {
            double share = Arrays.stream(targets).average().orElse(0.5);
            found = new Calibration(LEAST_SLOPE, Math.log(share / (1 - share)));
        }
        return new Calibration(found.slope / deviation, found.intercept - found.slope * mean / deviation);
    }

    /** Not quite 0 and 1, as Platt does it, so that classes that lie apart have a curve too. */
    private static double[] targets(boolean[] positive) {
        int positives = 0;
        for (boolean is : positive) {
            positives += is ? 1 : 0;
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

    /** Newton's steps, halved while they lead up. */
    private static Calibration fit(double[] scaled, double[] targets) {
        double share = Arrays.stream(targets).average().orElse(0.5);
        Calibration now = new Calibration(0, Math.log(share / (1 - share)));
        double loss = now.loss(scaled, targets);
        for (int turn = 0; turn < TURNS; turn++) {
            Calibration step = now.step(scaled, targets);
            double size = 1;
            Calibration next = now.plus(step, size);
            while (next.loss(scaled, targets) > loss && size > CLOSE_ENOUGH) {
                size /= 2;
                next = now.plus(step, size);
            }
            double better = loss - next.loss(scaled, targets);
            if (better <= CLOSE_ENOUGH * scaled.length) {
                return better > 0 ? next : now;
            }
            now = next;
            loss -= better;
        }
        return now;
    }

    private Calibration step(double[] scaled, double[] targets) {
        double gradientOfSlope = 0;
        double gradientOfIntercept = 0;
        double slopes = 1e-9;
        double both = 0;
        double intercepts = 1e-9;
        for (int row = 0; row < scaled.length; row++) {
            double chance = chance(scaled[row]);
            double error = chance - targets[row];
            double weight = chance * (1 - chance);
            gradientOfSlope += error * scaled[row];
            gradientOfIntercept += error;
            slopes += weight * scaled[row] * scaled[row];
            both += weight * scaled[row];
            intercepts += weight;
        }
        double determinant = slopes * intercepts - both * both;
        return new Calibration(
                -(intercepts * gradientOfSlope - both * gradientOfIntercept) / determinant,
                -(slopes * gradientOfIntercept - both * gradientOfSlope) / determinant);
    }

    private Calibration plus(Calibration step, double size) {
        return new Calibration(slope + size * step.slope, intercept + size * step.intercept);
    }

    private double loss(double[] scaled, double[] targets) {
        double loss = 0;
        for (int row = 0; row < scaled.length; row++) {
            double logOdds = slope * scaled[row] + intercept;
            // log(1 + e^x) without the overflow.
            loss += Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds))) - targets[row] * logOdds;
        }
        return loss;
    }

    public double chance(double margin) {
        return 1 / (1 + Math.exp(-(slope * margin + intercept)));
    }
}
