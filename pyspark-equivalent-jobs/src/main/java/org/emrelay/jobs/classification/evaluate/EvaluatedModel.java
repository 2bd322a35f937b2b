package org.emrelay.jobs.classification.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.classification.models.TrainingCard.TrainedModel;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.CalibrationMetrics.Bin;
import org.emrelay.jobs.learning.ConfusionMatrix;
import org.emrelay.jobs.learning.PermutationImportance.Importances;

/**
 * The complete evaluation of one model.
 *
 * @param crossValidation its cross-validation results
 * @param atGivenThreshold its confusion matrix at the {@code --threshold} option
 * @param permutationImportances by log loss on the held-out rows
 */
record EvaluatedModel(
        ModelPredictions predictions,
        TrainedModel crossValidation,
        ConfusionMatrix atGivenThreshold,
        Map<EvaluationMetric, Interval> intervals,
        NativeImportance nativeImportance,
        Importances permutationImportances) {

    EvaluatedModel {
        Objects.requireNonNull(predictions, "predictions");
        Objects.requireNonNull(crossValidation, "crossValidation");
        Objects.requireNonNull(atGivenThreshold, "atGivenThreshold");
        intervals = Map.copyOf(intervals);
        Objects.requireNonNull(nativeImportance, "nativeImportance");
        Objects.requireNonNull(permutationImportances, "permutationImportances");
    }

    String name() {
        return predictions.model();
    }

    Interval interval(EvaluationMetric metric) {
        return Objects.requireNonNull(intervals.get(metric));
    }

    /** The scalar metrics by their names in output files, at the model's own threshold. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>(metrics(predictions.confusion()));
        map.put("auc", predictions.ranking().auc());
        map.put("auc_pr", predictions.ranking().averagePrecision());
        map.put("brier", predictions.calibration().brier());
        map.put("log_loss", predictions.calibration().logLoss());
        map.put("calibration_error", predictions.calibration().expectedCalibrationError());
        map.put("threshold", predictions.threshold());
        return map;
    }

    /** All metrics for {@code metrics.json}. */
    Map<String, Object> toJson(double givenThreshold) {
        Map<String, Object> json = toMap();
        json.put("confusion", counts(predictions.confusion()));
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("threshold", givenThreshold);
        given.putAll(metrics(atGivenThreshold));
        given.put("confusion", counts(atGivenThreshold));
        json.put("at_given_threshold", given);
        Map<String, Object> bounds = new LinkedHashMap<>();
        for (EvaluationMetric metric : EvaluationMetric.values()) {
            bounds.put(metric.key(), bounds(interval(metric)));
        }
        json.put("intervals", bounds);
        json.put(
                "calibration",
                predictions.calibration().bins().stream()
                        .map(EvaluatedModel::bin)
                        .toList());
        Map<String, Object> trained = new LinkedHashMap<>();
        trained.put("mean", crossValidation.mean());
        trained.put("deviation", crossValidation.deviation());
        trained.put("parameters", crossValidation.parameters());
        json.put("cross_validation", trained);
        json.put(nativeImportance.hasDirection() ? "weights" : "importances", nativeImportance.toMap());
        Map<String, Object> lossIncreases = new LinkedHashMap<>();
        permutationImportances
                .measured()
                .forEach(importance -> lossIncreases.put(importance.name(), importance.lossIncrease()));
        json.put("permutation_importances", lossIncreases);
        if (!permutationImportances.skipped().isEmpty()) {
            json.put("not_permuted", permutationImportances.skipped());
        }
        return json;
    }

    static Map<String, Object> bounds(Interval interval) {
        Map<String, Object> bounds = new LinkedHashMap<>();
        bounds.put("low", interval.low());
        bounds.put("high", interval.high());
        return bounds;
    }

    private static Map<String, Object> metrics(ConfusionMatrix confusion) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("f1", confusion.f1());
        values.put("weighted_f1", confusion.weightedF1());
        values.put("precision", confusion.precision());
        values.put("recall", confusion.recall());
        values.put("accuracy", confusion.accuracy());
        return values;
    }

    private static Map<String, Object> counts(ConfusionMatrix confusion) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("true_positives", confusion.truePositives());
        counts.put("false_positives", confusion.falsePositives());
        counts.put("true_negatives", confusion.trueNegatives());
        counts.put("false_negatives", confusion.falseNegatives());
        return counts;
    }

    private static Map<String, Object> bin(Bin bin) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("mean_probability", bin.meanProbability());
        values.put("observed_rate", bin.observedRate());
        values.put("rows", bin.rows());
        return values;
    }
}
