package org.emrelay.jobs.learning;

import java.util.List;

/** Rows ordered by probability, with the metrics of that order: AUC, average precision, confusion matrices. */
public final class Ranking {
    private final List<OperatingPoint> operatingPoints;
    private final long positives;
    private final long negatives;

    /** The outcome of predicting positive from a probability of {@code threshold} upwards. */
    public record OperatingPoint(double threshold, long truePositives, long falsePositives) {}

    Ranking(List<OperatingPoint> points, long positives, long negatives) {
        this.operatingPoints = List.copyOf(points);
        this.positives = positives;
        this.negatives = negatives;
    }

    /** Ranks rows by probability. Row order does not matter; ties form one operating point. */
    public static Ranking of(double[] probabilities, boolean[] positive) {
        return RankedRows.of(probabilities, positive).unweighted();
    }

    public long positives() {
        return positives;
    }

    public long negatives() {
        return negatives;
    }

    /** One per distinct probability, from the highest; the last predicts every row positive. */
    public List<OperatingPoint> operatingPoints() {
        return operatingPoints;
    }

    /** The probability that a positive row ranks above a negative one, ties counting half; NaN with one class only. */
    public double auc() {
        double area = 0;
        OperatingPoint previous = new OperatingPoint(Double.POSITIVE_INFINITY, 0, 0);
        for (OperatingPoint point : operatingPoints) {
            area += (point.falsePositives() - previous.falsePositives())
                    * (point.truePositives() + previous.truePositives())
                    / 2.0;
            previous = point;
        }
        return area / ((double) positives * negatives);
    }

    /** The step-wise area under the precision-recall curve; linear interpolation would be too optimistic. */
    public double averagePrecision() {
        double area = 0;
        long previous = 0;
        for (OperatingPoint point : operatingPoints) {
            double precision = point.truePositives() / (double) (point.truePositives() + point.falsePositives());
            area += (point.truePositives() - previous) * precision;
            previous = point.truePositives();
        }
        return area / positives;
    }

    /** The confusion matrix of predicting positive from the given probability upwards. */
    public ConfusionMatrix at(double threshold) {
        OperatingPoint best = new OperatingPoint(Double.POSITIVE_INFINITY, 0, 0);
        for (OperatingPoint point : operatingPoints) {
            if (point.threshold() >= threshold) {
                best = point;
            }
        }
        return confusionAt(best);
    }

    /** The threshold with the highest F1; of several, the highest threshold. */
    public double bestF1Threshold() {
        double best = -1;
        double threshold = Double.POSITIVE_INFINITY;
        for (OperatingPoint point : operatingPoints) {
            double f1 = confusionAt(point).f1();
            if (f1 > best) {
                best = f1;
                threshold = point.threshold();
            }
        }
        return threshold;
    }

    private ConfusionMatrix confusionAt(OperatingPoint point) {
        return new ConfusionMatrix(
                point.truePositives(),
                point.falsePositives(),
                negatives - point.falsePositives(),
                positives - point.truePositives());
    }
}
