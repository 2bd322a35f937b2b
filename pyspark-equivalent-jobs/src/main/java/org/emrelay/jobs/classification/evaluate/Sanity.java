package org.emrelay.jobs.classification.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.SavedPipeline;
import org.emrelay.jobs.page.Figures;

/**
 * The proof that a figure is not made by the way it is measured: fitted to labels that mean nothing, a model must be worth
 * nothing but what luck alone makes of it.
 *
 * @param level how often luck alone stays within its range, for each model: so often that, of a hundred runs in which all is as it
 *     should be, one fails
 * @param auc by the models' names, with the range in which luck alone puts it
 */
record Sanity(double level, Map<String, Interval> auc) {
    private static final double ALL_TOGETHER = 0.99;

    /** Of no meaning here: only the order of the rows is looked at. */
    private static final double THRESHOLD = 0.5;

    Sanity {
        auc = new LinkedHashMap<>(auc);
    }

    static Sanity notAskedFor() {
        return new Sanity(0, Map.of());
    }

    boolean isAskedFor() {
        return !auc.isEmpty();
    }

    /** Fits each model's best parameters once more. */
    static Sanity of(TrainedModels models, EvaluateArguments arguments) {
        ShuffledLabels labels = ShuffledLabels.of(models.training(), models.heldOut(), arguments.seed());
        Dataset<Row> training = labels.training().cache();
        HeldOutPredictions heldOut = HeldOutPredictions.of(labels.heldOut());
        List<String> names = List.copyOf(models.card().models().keySet());
        List<double[]> chances = new ArrayList<>();
        for (String name : names) {
            SavedPipeline fitted =
                    new SavedPipeline(models.fitting(name).fit(training), name + " fitted to shuffled labels");
            chances.add(heldOut.of(name, THRESHOLD, fitted, heldOut.table()).chances());
        }
        training.unpersist();
        heldOut.table().unpersist();
        NullAuc luck = NullAuc.of(labels.heldOutDeal(), chances, arguments.seed());
        double level = 1 - (1 - ALL_TOGETHER) / names.size();
        Map<String, Interval> auc = new LinkedHashMap<>();
        for (int model = 0; model < names.size(); model++) {
            auc.put(names.get(model), luck.of(model, heldOut.rows().positive(), level));
        }
        return new Sanity(level, auc);
    }

    /** What is wrong, if something is. */
    Optional<UserFault> fault() {
        return auc.entrySet().stream()
                .filter(model -> !isLuck(model.getValue()))
                .findFirst()
                .map(model -> new UserFault(EvaluateArguments.SANITY + ": fitted to shuffled labels, " + model.getKey()
                        + said(model.getValue())));
    }

    private static boolean isLuck(Interval auc) {
        return auc.low() <= auc.figure() && auc.figure() <= auc.high();
    }

    private static String said(Interval auc) {
        return Double.isFinite(auc.figure())
                ? " has an AUC of " + Figures.decimal(auc.figure(), 3)
                        + " on rows that it has not seen, where luck alone puts it from "
                        + Figures.decimal(auc.low(), 3) + " to " + Figures.decimal(auc.high(), 3)
                        + "; the labels reach the models on a way of their own: look for ids on both sides of the split,"
                        + " and for the label among the features."
                : " has no AUC on the held-out rows, so nothing is known of it; they need labels of both kinds: train"
                        + " with a larger --test-share or another --seed.";
    }

    Map<String, Object> asJson() {
        Map<String, Object> byModel = new LinkedHashMap<>();
        auc.forEach((model, interval) -> {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("auc", interval.figure());
            figures.putAll(EvaluatedModel.bounds(interval));
            byModel.put(model, figures);
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", level);
        json.put("models", byModel);
        return json;
    }
}
