package org.emrelay.jobs.classification.evaluate;

import java.util.Objects;
import org.emrelay.jobs.learning.Confusion;
import org.emrelay.jobs.learning.RankedRows;
import org.emrelay.jobs.learning.Ranking;
import org.emrelay.jobs.learning.Reliability;

/** What one model says of the held-out rows, and all that follows from it. */
final class ModelPredictions {
    private final String model;
    private final double threshold;
    private final double[] chances;
    private final RankedRows rows;
    private final Ranking ranking;
    private final Reliability reliability;

    /**
     * Of chances in the order of the rows.
     *
     * @param threshold from which chance on the model names a row; chosen on other rows
     */
    ModelPredictions(String model, double threshold, double[] chances, HeldOutRows heldOut) {
        this.model = Objects.requireNonNull(model, "model");
        this.threshold = threshold;
        this.chances = chances.clone();
        this.rows = RankedRows.of(chances, heldOut.positive());
        this.ranking = rows.once();
        this.reliability = Reliability.of(chances, heldOut.positive());
    }

    String model() {
        return model;
    }

    double threshold() {
        return threshold;
    }

    double chance(int row) {
        return chances[row];
    }

    double[] chances() {
        return chances.clone();
    }

    RankedRows rows() {
        return rows;
    }

    Ranking ranking() {
        return ranking;
    }

    Reliability reliability() {
        return reliability;
    }

    Confusion confusion() {
        return ranking.at(threshold);
    }
}
