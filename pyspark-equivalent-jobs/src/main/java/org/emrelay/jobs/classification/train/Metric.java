package org.emrelay.jobs.classification.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.emrelay.jobs.learning.Ranking;

/** The metric that selects parameters and models. Higher is better, so losses are negative. */
enum Metric {
    AUC_PR("AUC-PR") {
        @Override
        double score(Margins validation, Margins others) {
            return Ranking.of(validation.values(), validation.positive()).averagePrecision();
        }
    },
    AUC("AUC") {
        @Override
        double score(Margins validation, Margins others) {
            return Ranking.of(validation.values(), validation.positive()).auc();
        }
    },
    /** F1 at the threshold that is best on the other folds. */
    F1("F1") {
        @Override
        double score(Margins validation, Margins others) {
            double threshold = Ranking.of(others.values(), others.positive()).bestF1Threshold();
            return Ranking.of(validation.values(), validation.positive())
                    .at(threshold)
                    .f1();
        }
    },
    /** Log loss of probabilities calibrated on the other folds. */
    LOG_LOSS("log loss (negative)") {
        @Override
        double score(Margins validation, Margins others) {
            double[] probabilities = validation.probabilities(others.fitCalibration());
            double sum = 0;
            for (int row = 0; row < probabilities.length; row++) {
                double labelProbability = validation.positive()[row] ? probabilities[row] : 1 - probabilities[row];
                sum += Math.log(Math.max(labelProbability, 1e-15));
            }
            return sum / probabilities.length;
        }
    };

    static final List<String> CHOICES =
            Arrays.stream(values()).map(Metric::toString).toList();

    private final String title;

    Metric(String title) {
        this.title = title;
    }

    static Metric named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /**
     * Scores margins.
     *
     * @param validation the rows to score
     * @param others rows of the other folds, to fit thresholds and calibration to
     */
    abstract double score(Margins validation, Margins others);

    /** The name on reports. */
    String title() {
        return title;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
