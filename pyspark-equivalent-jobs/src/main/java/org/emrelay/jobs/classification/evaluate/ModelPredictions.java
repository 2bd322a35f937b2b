package org.emrelay.jobs.classification.evaluate;

import java.util.Objects;
import org.emrelay.jobs.learning.CalibrationMetrics;
import org.emrelay.jobs.learning.ConfusionMatrix;
import org.emrelay.jobs.learning.RankedRows;
import org.emrelay.jobs.learning.Ranking;

/** One model's probabilities of the held-out rows, with the metrics derived from them. */
final class ModelPredictions {
    private final String model;
    private final double threshold;
    private final double[] probabilities;
    private final RankedRows rankedRows;
    private final Ranking ranking;
    private final CalibrationMetrics calibration;

    /**
     * @param threshold the decision threshold, chosen on training rows
     * @param probabilities in the order of the rows
     */
    ModelPredictions(String model, double threshold, double[] probabilities, HeldOutRows heldOut) {
        this.model = Objects.requireNonNull(model, "model");
        this.threshold = threshold;
        this.probabilities = probabilities.clone();
        this.rankedRows = RankedRows.of(probabilities, heldOut.positive());
        this.ranking = rankedRows.unweighted();
        this.calibration = CalibrationMetrics.of(probabilities, heldOut.positive());
    }

    String model() {
        return model;
    }

    double threshold() {
        return threshold;
    }

    double probability(int row) {
        return probabilities[row];
    }

    double[] probabilities() {
        return probabilities.clone();
    }

    RankedRows rankedRows() {
        return rankedRows;
    }

    Ranking ranking() {
        return ranking;
    }

    CalibrationMetrics calibration() {
        return calibration;
    }

    ConfusionMatrix confusion() {
        return ranking.at(threshold);
    }
}
