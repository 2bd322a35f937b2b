package org.emrelay.jobs.classification.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.classification.models.TrainingCard.Trained;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.Confusion;
import org.emrelay.jobs.learning.PermutationImportance.Importances;
import org.emrelay.jobs.learning.Reliability.Bin;

/**
 * All that is known of one model.
 *
 * @param trained what cross-validation said of it
 * @param atGiven whom it names from the threshold on that was given
 * @param importances by how much its log loss grows when something that it sees is dealt out anew
 */
record EvaluatedModel(
        ModelPredictions chances,
        Trained trained,
        Confusion atGiven,
        Map<Figure, Interval> intervals,
        NativeImportance weights,
        Importances importances) {

    EvaluatedModel {
        Objects.requireNonNull(chances, "chances");
        Objects.requireNonNull(trained, "trained");
        Objects.requireNonNull(atGiven, "atGiven");
        intervals = Map.copyOf(intervals);
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(importances, "importances");
    }

    String name() {
        return chances.model();
    }

    Interval interval(Figure figure) {
        return Objects.requireNonNull(intervals.get(figure));
    }

    /** The plain figures, by the names under which they are written; confusion is that at the model's best threshold. */
    Map<String, Object> byName() {
        Map<String, Object> byName = new LinkedHashMap<>(said(chances.confusion()));
        byName.put("auc", chances.ranking().auc());
        byName.put("auc_pr", chances.ranking().aucPr());
        byName.put("brier", chances.reliability().brier());
        byName.put("log_loss", chances.reliability().logLoss());
        byName.put("calibration_error", chances.reliability().error());
        byName.put("threshold", chances.threshold());
        return byName;
    }

    /** The same, and all that is a table of its own. */
    Map<String, Object> asJson(double givenThreshold) {
        Map<String, Object> json = byName();
        json.put("confusion", counts(chances.confusion()));
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("threshold", givenThreshold);
        given.putAll(said(atGiven));
        given.put("confusion", counts(atGiven));
        json.put("at_given_threshold", given);
        Map<String, Object> bounds = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            bounds.put(figure.key(), bounds(interval(figure)));
        }
        json.put("intervals", bounds);
        json.put(
                "calibration",
                chances.reliability().bins().stream().map(EvaluatedModel::bin).toList());
        Map<String, Object> validation = new LinkedHashMap<>();
        validation.put("mean", trained.mean());
        validation.put("deviation", trained.deviation());
        validation.put("parameters", trained.parameters());
        json.put("cross_validation", validation);
        json.put(weights.hasDirection() ? "weights" : "importances", weights.byName());
        Map<String, Object> growths = new LinkedHashMap<>();
        importances.found().forEach(importance -> growths.put(importance.name(), importance.growth()));
        json.put("permutation_importances", growths);
        if (!importances.notLookedAt().isEmpty()) {
            json.put("not_permuted", importances.notLookedAt());
        }
        return json;
    }

    static Map<String, Object> bounds(Interval interval) {
        Map<String, Object> bounds = new LinkedHashMap<>();
        bounds.put("low", interval.low());
        bounds.put("high", interval.high());
        return bounds;
    }

    private static Map<String, Object> said(Confusion confusion) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("f1", confusion.f1());
        said.put("weighted_f1", confusion.weightedF1());
        said.put("precision", confusion.precision());
        said.put("recall", confusion.recall());
        said.put("accuracy", confusion.accuracy());
        return said;
    }

    private static Map<String, Object> counts(Confusion confusion) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("true_positives", confusion.truePositives());
        counts.put("false_positives", confusion.falsePositives());
        counts.put("true_negatives", confusion.trueNegatives());
        counts.put("false_negatives", confusion.falseNegatives());
        return counts;
    }

    private static Map<String, Object> bin(Bin bin) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("said", bin.said());
        figures.put("came_true", bin.cameTrue());
        figures.put("rows", bin.rows());
        return figures;
    }
}
