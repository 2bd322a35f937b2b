package org.emrelay.jobs.classification.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.classification.models.TrainingCard;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.pages.NumberFormats;
import org.emrelay.tables.SpreadsheetText;

/**
 * The evaluation of all models on the held-out rows.
 *
 * @param models the best by cross-validation first
 * @param differences the best model minus each of the others, in their order
 */
record Evaluation(
        EvaluateArguments arguments,
        TrainingCard card,
        HeldOutRows heldOut,
        List<EvaluatedModel> models,
        List<PairedDifference> differences,
        SanityCheck sanity) {

    Evaluation {
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(heldOut, "heldOut");
        models = List.copyOf(models);
        differences = List.copyOf(differences);
        Objects.requireNonNull(sanity, "sanity");
    }

    Evaluation with(SanityCheck check) {
        return new Evaluation(arguments, card, heldOut, models, differences, check);
    }

    EvaluatedModel best() {
        return models.get(0);
    }

    Wording wording() {
        return arguments.wording();
    }

    int rows() {
        return heldOut.rows();
    }

    long positives() {
        return heldOut.positives();
    }

    double baseRate() {
        return heldOut.baseRate();
    }

    String json() {
        Map<String, Object> heldOutSize = new LinkedHashMap<>();
        heldOutSize.put("rows", rows());
        heldOutSize.put("positives", positives());
        Map<String, Object> byModel = new LinkedHashMap<>();
        models.forEach(model -> byModel.put(model.name(), model.toJson(arguments.threshold())));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("best", best().name());
        json.put("models", byModel);
        json.put("held_out", heldOutSize);
        Map<String, Object> minusOthers = new LinkedHashMap<>();
        differences.forEach(difference -> minusOthers.put(difference.other(), difference.toJson()));
        json.put("best_minus_others", minusOthers);
        if (sanity.isRequested()) {
            json.put("sanity", sanity.toJson());
        }
        return JsonText.of(json);
    }

    /** One line per model. */
    String metricsCsv() {
        StringBuilder table = new StringBuilder("model,rows,positives");
        best().toMap().keySet().forEach(name -> table.append(',').append(name));
        for (EvaluationMetric metric : EvaluationMetric.values()) {
            table.append(',')
                    .append(metric.key())
                    .append("_low,")
                    .append(metric.key())
                    .append("_high");
        }
        table.append('\n');
        for (EvaluatedModel model : models) {
            table.append(model.name()).append(',').append(rows()).append(',').append(positives());
            model.toMap().values().forEach(value -> table.append(',').append(value));
            for (EvaluationMetric metric : EvaluationMetric.values()) {
                Interval interval = model.interval(metric);
                table.append(',').append(interval.low()).append(',').append(interval.high());
            }
            table.append('\n');
        }
        return table.toString();
    }

    /** The probability of every held-out row by every model, for further analysis. */
    String predictionsCsv() {
        StringBuilder table = new StringBuilder("id,label");
        models.forEach(model -> table.append(',').append(model.name()));
        table.append('\n');
        boolean[] positive = heldOut.positive();
        for (int row = 0; row < positive.length; row++) {
            table.append('"')
                    .append(SpreadsheetText.of(heldOut.ids().get(row)).replace("\"", "\"\""))
                    .append("\",")
                    .append(positive[row] ? 1 : 0);
            for (EvaluatedModel model : models) {
                table.append(',').append(model.predictions().probability(row));
            }
            table.append('\n');
        }
        return table.toString();
    }

    void print(String page) {
        System.out.println("Held out: " + NumberFormats.count(rows()) + " "
                + wording().subject() + ", of which "
                + NumberFormats.count(positives()) + " " + wording().event() + ". Best model by cross-validation: "
                + best().name() + ", AUC " + format(best(), EvaluationMetric.AUC) + ", AUC-PR "
                + format(best(), EvaluationMetric.AUC_PR)
                + ", F1 " + format(best(), EvaluationMetric.F1) + ". "
                + wording().precisionAndRecall(best().predictions().confusion()));
        System.out.println("Report: " + page);
        System.out.flush();
    }

    private static String format(EvaluatedModel model, EvaluationMetric metric) {
        Interval interval = model.interval(metric);
        return NumberFormats.decimal(interval.estimate(), 3) + " (" + NumberFormats.decimal(interval.low(), 3) + " to "
                + NumberFormats.decimal(interval.high(), 3) + ")";
    }
}
