package org.emrelay.jobs.classification.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.emrelay.jobs.learning.Ranking;

/** By what parameters and models are compared; of all of them more is better, so losses are negative. */
enum Metric {
    AUC_PR("AUC-PR") {
        @Override
        double of(Margins held, Margins others) {
            return Ranking.of(held.values(), held.positive()).aucPr();
        }
    },
    AUC("AUC") {
        @Override
        double of(Margins held, Margins others) {
            return Ranking.of(held.values(), held.positive()).auc();
        }
    },
    /** At the threshold that is best on the other folds. */
    F1("F1") {
        @Override
        double of(Margins held, Margins others) {
            double threshold = Ranking.of(others.values(), others.positive()).bestThreshold();
            return Ranking.of(held.values(), held.positive()).at(threshold).f1();
        }
    },
    /** Of chances that are calibrated on the other folds. */
    LOG_LOSS("log loss (negative)") {
        @Override
        double of(Margins held, Margins others) {
            double[] chances = held.chances(others.calibration());
            double sum = 0;
            for (int row = 0; row < chances.length; row++) {
                double ofWhatCame = held.positive()[row] ? chances[row] : 1 - chances[row];
                sum += Math.log(Math.max(ofWhatCame, 1e-15));
            }
            return sum / chances.length;
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
     * How good margins are.
     *
     * @param held of the rows that are judged by
     * @param others of other rows, in the same unit, from which thresholds may be learnt
     */
    abstract double of(Margins held, Margins others);

    /** For people. */
    String title() {
        return title;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
