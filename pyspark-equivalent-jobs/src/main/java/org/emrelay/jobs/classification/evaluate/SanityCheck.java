package org.emrelay.jobs.classification.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.SavedPipeline;
import org.emrelay.pages.NumberFormats;
import org.emrelay.tables.UserFault;

/**
 * A permutation test for leakage: models refitted to shuffled labels must not predict held-out rows.
 *
 * @param confidenceLevel the level of each model's range, Bonferroni-corrected so that 1 % of runs without leakage fail
 * @param auc by model, with the range expected under the null hypothesis
 */
record SanityCheck(double confidenceLevel, Map<String, Interval> auc) {
    private static final double FAMILY_CONFIDENCE = 0.99;

    /** Arbitrary: the AUC does not depend on it. */
    private static final double THRESHOLD = 0.5;

    SanityCheck {
        auc = new LinkedHashMap<>(auc);
    }

    static SanityCheck notRequested() {
        return new SanityCheck(0, Map.of());
    }

    boolean isRequested() {
        return !auc.isEmpty();
    }

    /** Refits each model with its best parameters to shuffled labels. */
    static SanityCheck run(TrainedModels models, EvaluateArguments arguments) {
        ShuffledLabels labels = ShuffledLabels.of(models.training(), models.heldOut(), arguments.seed());
        Dataset<Row> training = labels.training().cache();
        HeldOutTable heldOut = HeldOutTable.of(labels.heldOut());
        List<String> names = List.copyOf(models.card().models().keySet());
        List<double[]> probabilities = new ArrayList<>();
        for (String name : names) {
            SavedPipeline fitted =
                    new SavedPipeline(models.trainer(name).fit(training), name + " fitted to shuffled labels");
            probabilities.add(
                    heldOut.predict(name, THRESHOLD, fitted, heldOut.table()).probabilities());
        }
        training.unpersist();
        heldOut.table().unpersist();
        NullAuc nullAuc = NullAuc.of(labels.heldOutPermutation(), probabilities, arguments.seed());
        double confidence = 1 - (1 - FAMILY_CONFIDENCE) / names.size();
        Map<String, Interval> auc = new LinkedHashMap<>();
        for (int model = 0; model < names.size(); model++) {
            auc.put(names.get(model), nullAuc.interval(model, heldOut.rows().positive(), confidence));
        }
        return new SanityCheck(confidence, auc);
    }

    /** The error to report, if a model fails the check. */
    Optional<UserFault> fault() {
        return auc.entrySet().stream()
                .filter(model -> !isWithinNullRange(model.getValue()))
                .findFirst()
                .map(model -> new UserFault(EvaluateArguments.SANITY + ": fitted to shuffled labels, " + model.getKey()
                        + describe(model.getValue())));
    }

    private static boolean isWithinNullRange(Interval auc) {
        return auc.low() <= auc.estimate() && auc.estimate() <= auc.high();
    }

    private static String describe(Interval auc) {
        return Double.isFinite(auc.estimate())
                ? " has an AUC of " + NumberFormats.decimal(auc.estimate(), 3)
                        + " on held-out rows, outside the expected range of "
                        + NumberFormats.decimal(auc.low(), 3) + " to " + NumberFormats.decimal(auc.high(), 3)
                        + ". The labels leak to the models: check for ids on both sides of the split, and for the label among"
                        + " the features."
                : " has no AUC, because the held-out rows have one class only. Train with a larger --test-share or another"
                        + " --seed.";
    }

    Map<String, Object> toJson() {
        Map<String, Object> byModel = new LinkedHashMap<>();
        auc.forEach((model, interval) -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("auc", interval.estimate());
            values.putAll(EvaluatedModel.bounds(interval));
            byModel.put(model, values);
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("confidence_level", confidenceLevel);
        json.put("models", byModel);
        return json;
    }
}
