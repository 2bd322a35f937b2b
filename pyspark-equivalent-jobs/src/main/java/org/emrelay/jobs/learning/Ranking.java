package org.emrelay.jobs.learning;

import java.util.List;

/** Rows in the order in which a model suspects them: whatever is said of the quality of that order is worked out here, once. */
public final class Ranking {
    private final List<Cut> cuts;
    private final long positives;
    private final long negatives;

    /**
     * All rows with at least some chance, taken for positive.
     *
     * @param threshold the least chance among them
     */
    public record Cut(double threshold, long truePositives, long falsePositives) {}

    Ranking(List<Cut> cuts, long positives, long negatives) {
        this.cuts = List.copyOf(cuts);
        this.positives = positives;
        this.negatives = negatives;
    }

    /** Of as many chances as there are rows; the order of the rows does not matter, and equal chances are one place. */
    public static Ranking of(double[] chances, boolean[] positive) {
        return RankedRows.of(chances, positive).once();
    }

    public long positives() {
        return positives;
    }

    public long negatives() {
        return negatives;
    }

    /** From the highest chance down; the last takes all rows. */
    public List<Cut> cuts() {
        return cuts;
    }

    /** How often a positive row is suspected more than a negative one, a tie being half; no number with one class alone. */
    public double auc() {
        double area = 0;
        Cut before = new Cut(Double.POSITIVE_INFINITY, 0, 0);
        for (Cut cut : cuts) {
            area += (cut.falsePositives() - before.falsePositives())
                    * (cut.truePositives() + before.truePositives())
                    / 2.0;
            before = cut;
        }
        return area / ((double) positives * negatives);
    }

    /** The area below precision and recall, by steps: lines drawn between the cuts would promise what no threshold keeps. */
    public double aucPr() {
        double area = 0;
        long before = 0;
        for (Cut cut : cuts) {
            double precision = cut.truePositives() / (double) (cut.truePositives() + cut.falsePositives());
            area += (cut.truePositives() - before) * precision;
            before = cut.truePositives();
        }
        return area / positives;
    }

    /** Rows with at least that chance are suspected. */
    public Confusion at(double threshold) {
        Cut taken = new Cut(Double.POSITIVE_INFINITY, 0, 0);
        for (Cut cut : cuts) {
            if (cut.threshold() >= threshold) {
                taken = cut;
            }
        }
        return confusion(taken);
    }

    /** The threshold of the highest F1, the highest such where there are several. */
    public double bestThreshold() {
        double best = -1;
        double threshold = Double.POSITIVE_INFINITY;
        for (Cut cut : cuts) {
            double f1 = confusion(cut).f1();
            if (f1 > best) {
                best = f1;
                threshold = cut.threshold();
            }
        }
        return threshold;
    }

    private Confusion confusion(Cut cut) {
        return new Confusion(
                cut.truePositives(),
                cut.falsePositives(),
                negatives - cut.falsePositives(),
                positives - cut.truePositives());
    }
}
