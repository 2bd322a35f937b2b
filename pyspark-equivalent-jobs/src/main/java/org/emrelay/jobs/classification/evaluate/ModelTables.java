package org.emrelay.jobs.classification.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emrelay.jobs.classification.models.TrainingCard.GridPoint;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.Confusion;
import org.emrelay.jobs.page.Figures;

/** The models side by side, a line each. */
record ModelTables(Evaluation evaluation) {
    private static final int MOST_IMPORTANT = 5;

    List<String> comparedHead() {
        return List.of(
                "",
                "AUC-PR",
                "AUC",
                "F1",
                "Precision",
                "Recall",
                "Weighted F1",
                "Accuracy",
                "Brier score",
                "Named from");
    }

    List<List<String>> compared() {
        return evaluation.models().stream().map(this::compared).toList();
    }

    private List<String> compared(EvaluatedModel model) {
        Confusion confusion = model.chances().confusion();
        return List.of(
                model.name(),
                told(model.interval(Figure.AUC_PR)),
                told(model.interval(Figure.AUC)),
                told(model.interval(Figure.F1)),
                told(model.interval(Figure.PRECISION)),
                told(model.interval(Figure.RECALL)),
                Figures.decimal(confusion.weightedF1(), 3),
                Figures.decimal(confusion.accuracy(), 3),
                Figures.decimal(model.chances().reliability().brier(), 3),
                Figures.decimal(model.chances().threshold(), 3));
    }

    List<String> namedHead() {
        return List.of(
                "",
                "From a chance of",
                "Named",
                "Rightly",
                "In vain",
                "Missed",
                "Rightly left alone",
                "Precision",
                "Recall");
    }

    /** Two lines a model: from its own threshold on, and from the given one. */
    List<List<String>> named() {
        List<List<String>> lines = new ArrayList<>();
        for (EvaluatedModel model : evaluation.models()) {
            lines.add(named(
                    model.name(), model.chances().threshold(), model.chances().confusion()));
            lines.add(named(model.name(), evaluation.arguments().threshold(), model.atGiven()));
        }
        return lines;
    }

    private static List<String> named(String name, double threshold, Confusion confusion) {
        return List.of(
                name,
                Figures.decimal(threshold, 3),
                Figures.count(confusion.truePositives() + confusion.falsePositives()),
                Figures.count(confusion.truePositives()),
                Figures.count(confusion.falsePositives()),
                Figures.count(confusion.falseNegatives()),
                Figures.count(confusion.trueNegatives()),
                Figures.decimal(confusion.precision(), 3),
                Figures.decimal(confusion.recall(), 3));
    }

    List<String> validatedHead() {
        return List.of("", "Parameters", "Mean ± deviation", "Folds", "");
    }

    /** What cross-validation compared, all of it. */
    List<List<String>> validated() {
        List<List<String>> lines = new ArrayList<>();
        for (EvaluatedModel model : evaluation.models()) {
            for (GridPoint point : model.trained().grid()) {
                lines.add(List.of(
                        model.name(),
                        told(point.parameters()),
                        Figures.decimal(point.mean(), 3) + " ± " + Figures.decimal(deviation(point.folds()), 3),
                        point.folds().stream()
                                .map(fold -> Figures.decimal(fold, 3))
                                .collect(Collectors.joining(" · ")),
                        point.parameters().equals(model.trained().parameters()) ? "chosen" : ""));
            }
        }
        return lines;
    }

    /** What the models other than the best go by most. */
    List<List<String>> important() {
        return evaluation.models().stream()
                .skip(1)
                .map(model -> List.of(
                        model.name(),
                        model.importances().found().stream()
                                .limit(MOST_IMPORTANT)
                                .map(importance -> ImportanceCharts.readable(importance.name()))
                                .collect(Collectors.joining(", "))))
                .toList();
    }

    List<String> shuffledHead() {
        return List.of("", "AUC", "Where luck alone puts it");
    }

    List<List<String>> shuffled() {
        List<List<String>> lines = new ArrayList<>();
        evaluation
                .sanity()
                .auc()
                .forEach((model, interval) -> lines.add(List.of(
                        model,
                        Figures.decimal(interval.figure(), 3),
                        Figures.decimal(interval.low(), 3) + " to " + Figures.decimal(interval.high(), 3))));
        return lines;
    }

    private static String told(Interval interval) {
        return Figures.decimal(interval.figure(), 3) + "\n" + Figures.decimal(interval.low(), 3) + " to "
                + Figures.decimal(interval.high(), 3);
    }

    private static String told(Map<String, JsonNode> parameters) {
        return parameters.isEmpty()
                ? "as the library sets them"
                : parameters.entrySet().stream()
                        .map(parameter ->
                                parameter.getKey() + " " + parameter.getValue().asText())
                        .collect(Collectors.joining(", "));
    }

    /** Of the folds from their mean. */
    private static double deviation(List<Double> folds) {
        double mean = folds.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double squares = folds.stream()
                .mapToDouble(fold -> (fold - mean) * (fold - mean))
                .sum();
        return Math.sqrt(squares / Math.max(1, folds.size() - 1));
    }
}
