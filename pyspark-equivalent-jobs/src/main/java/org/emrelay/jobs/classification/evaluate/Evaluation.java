package org.emrelay.jobs.classification.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.classification.models.TrainingCard;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.jobs.page.Figures;

/**
 * All the figures on all models.
 *
 * @param models the best by cross-validation first
 * @param differences of the best from each of the others, in their order
 */
record Evaluation(
        EvaluateArguments arguments,
        TrainingCard card,
        HeldOutRows heldOut,
        List<EvaluatedModel> models,
        List<Difference> differences,
        Sanity sanity) {

    Evaluation {
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(heldOut, "heldOut");
        models = List.copyOf(models);
        differences = List.copyOf(differences);
        Objects.requireNonNull(sanity, "sanity");
    }

    Evaluation with(Sanity checked) {
        return new Evaluation(arguments, card, heldOut, models, differences, checked);
    }

    EvaluatedModel best() {
        return models.get(0);
    }

    Wording words() {
        return arguments.words();
    }

    int rows() {
        return heldOut.rows();
    }

    long positives() {
        return heldOut.positives();
    }

    double share() {
        return heldOut.share();
    }

    String json() {
        Map<String, Object> judgedBy = new LinkedHashMap<>();
        judgedBy.put("rows", rows());
        judgedBy.put("positives", positives());
        Map<String, Object> byModel = new LinkedHashMap<>();
        models.forEach(model -> byModel.put(model.name(), model.asJson(arguments.threshold())));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("best", best().name());
        json.put("models", byModel);
        json.put("held_out", judgedBy);
        Map<String, Object> lessOthers = new LinkedHashMap<>();
        differences.forEach(difference -> lessOthers.put(difference.other(), difference.asJson()));
        json.put("best_less_others", lessOthers);
        if (sanity.isAskedFor()) {
            json.put("sanity", sanity.asJson());
        }
        return JsonText.of(json);
    }

    /** A line a model. */
    String csv() {
        StringBuilder table = new StringBuilder("model,rows,positives");
        best().byName().keySet().forEach(name -> table.append(',').append(name));
        for (Figure figure : Figure.values()) {
            table.append(',')
                    .append(figure.key())
                    .append("_low,")
                    .append(figure.key())
                    .append("_high");
        }
        table.append('\n');
        for (EvaluatedModel model : models) {
            table.append(model.name()).append(',').append(rows()).append(',').append(positives());
            model.byName().values().forEach(value -> table.append(',').append(value));
            for (Figure figure : Figure.values()) {
                Interval interval = model.interval(figure);
                table.append(',').append(interval.low()).append(',').append(interval.high());
            }
            table.append('\n');
        }
        return table.toString();
    }

    /** What every model says of every held-out row, for whoever wants to work out figures of their own. */
    String chances() {
        StringBuilder table = new StringBuilder("id,label");
        models.forEach(model -> table.append(',').append(model.name()));
        table.append('\n');
        boolean[] positive = heldOut.positive();
        for (int row = 0; row < positive.length; row++) {
            table.append('"')
                    .append(heldOut.ids().get(row).replace("\"", "\"\""))
                    .append("\",")
                    .append(positive[row] ? 1 : 0);
            for (EvaluatedModel model : models) {
                table.append(',').append(model.chances().chance(row));
            }
            table.append('\n');
        }
        return table.toString();
    }

    void print(String page) {
        System.out.println("Held out: " + Figures.count(rows()) + " " + words().subject() + ", of which "
                + Figures.count(positives()) + " " + words().event() + ". The best model by cross-validation is "
                + best().name() + ": AUC " + told(best(), Figure.AUC) + ", AUC-PR " + told(best(), Figure.AUC_PR)
                + ", F1 " + told(best(), Figure.F1) + ". "
                + words().worth(best().chances().confusion()));
        System.out.println("Open " + page + " to look at it.");
        System.out.flush();
    }

    private static String told(EvaluatedModel model, Figure figure) {
        Interval interval = model.interval(figure);
        return Figures.decimal(interval.figure(), 3) + " (" + Figures.decimal(interval.low(), 3) + " to "
                + Figures.decimal(interval.high(), 3) + ")";
    }
}
