package org.emrelay.jobs.learning;

/** A binary confusion matrix and the metrics derived from it. */
public record ConfusionMatrix(long truePositives, long falsePositives, long trueNegatives, long falseNegatives) {

    public long rows() {
        return truePositives + falsePositives + trueNegatives + falseNegatives;
    }

    public long positives() {
        return truePositives + falseNegatives;
    }

    /** The share of predicted positives that are positive; 0 without predicted positives. */
    public double precision() {
        return ratio(truePositives, truePositives + falsePositives);
    }

    /** The share of positives that are predicted positive. */
    public double recall() {
        return ratio(truePositives, positives());
    }

    public double accuracy() {
        return ratio(truePositives + trueNegatives, rows());
    }

    /** F1 of the positive class. */
    public double f1() {
        return f1(truePositives, falsePositives, falseNegatives);
    }

    /** F1 of both classes, weighted by their rows. Optimistic where one class is rare. */
    public double weightedF1() {
        double negativeF1 = f1(trueNegatives, falseNegatives, falsePositives);
        double positiveShare = ratio(positives(), rows());
        return positiveShare * f1() + (1 - positiveShare) * negativeF1;
    }

    private static double f1(long hits, long falseAlarms, long misses) {
        return ratio(2 * hits, 2 * hits + falseAlarms + misses);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : part / (double) whole;
    }
}
