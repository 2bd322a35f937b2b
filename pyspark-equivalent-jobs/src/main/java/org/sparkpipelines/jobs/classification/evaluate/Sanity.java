package org.sparkpipelines.jobs.classification.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkpipelines.jobs.UserFault;
import org.sparkpipelines.jobs.classification.models.TrainedModels;
import org.sparkpipelines.jobs.learning.Bootstrap.Interval;
import org.sparkpipelines.jobs.learning.SavedPipeline;
import org.sparkpipelines.jobs.page.Figures;

/**
 * The proof that a figure is not made by the way it is measured: fitted to labels that mean nothing, a model must be worth
 * nothing.
 *
 * @param level of each model's interval: wide enough that, of a hundred runs in which all is as it should be, one fails
 * @param auc by the models' names
 */
record Sanity(double level, Map<String, Interval> auc) {
    private static final double BY_LOT = 0.5;
    private static final double ALL_TOGETHER = 0.99;

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
        Dataset<Row> training = labels.on(models.training()).cache();
        HeldOutChances heldOut = HeldOutChances.of(labels.on(models.heldOut()));
        List<ModelChances> chances = new ArrayList<>();
        for (String name : models.card().models().keySet()) {
            SavedPipeline fitted =
                    new SavedPipeline(models.fitting(name).fit(training), name + " fitted to shuffled labels");
            chances.add(heldOut.of(name, BY_LOT, fitted, heldOut.table()));
        }
        training.unpersist();
        DrawnFigures drawn = DrawnFigures.of(heldOut.rows(), chances, arguments.seed());
        double level = 1 - (1 - ALL_TOGETHER) / chances.size();
        Map<String, Interval> auc = new LinkedHashMap<>();
        chances.forEach(model -> auc.put(model.model(), drawn.interval(model.model(), Figure.AUC, level)));
        return new Sanity(level, auc);
    }

    /** What is wrong, if something is. */
    Optional<UserFault> fault() {
        return auc.entrySet().stream()
                .filter(model ->
                        model.getValue().low() > BY_LOT || model.getValue().high() < BY_LOT)
                .findFirst()
                .map(model -> new UserFault(EvaluateArguments.SANITY + ": fitted to shuffled labels, " + model.getKey()
                        + " has an AUC of " + Figures.decimal(model.getValue().figure(), 3) + " ("
                        + Figures.decimal(model.getValue().low(), 3) + " to "
                        + Figures.decimal(model.getValue().high(), 3)
                        + ") on rows that it has not seen, where .5 is all that there can be; the labels reach the"
                        + " models on a way of their own: look for ids on both sides of the split, and for the label"
                        + " among the features."));
    }

    Map<String, Object> asJson() {
        Map<String, Object> byModel = new LinkedHashMap<>();
        auc.forEach((model, interval) -> {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("auc", interval.figure());
            figures.putAll(JudgedModel.bounds(interval));
            byModel.put(model, figures);
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", level);
        json.put("models", byModel);
        return json;
    }
}
