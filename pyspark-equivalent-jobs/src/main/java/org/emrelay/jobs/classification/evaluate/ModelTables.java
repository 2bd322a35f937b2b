package org.emrelay.jobs.classification.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emrelay.jobs.classification.models.TrainingCard.GridPoint;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.ConfusionMatrix;
import org.emrelay.pages.NumberFormats;

/** The report's tables of all models. */
record ModelTables(Evaluation evaluation) {
    private static final int MAX_FEATURES = 5;

    List<String> comparisonHeader() {
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
                "Threshold");
    }

    List<List<String>> comparison() {
        return evaluation.models().stream().map(this::comparison).toList();
    }

    private List<String> comparison(EvaluatedModel model) {
        ConfusionMatrix confusion = model.predictions().confusion();
        return List.of(
                model.name(),
                format(model.interval(EvaluationMetric.AUC_PR)),
                format(model.interval(EvaluationMetric.AUC)),
                format(model.interval(EvaluationMetric.F1)),
                format(model.interval(EvaluationMetric.PRECISION)),
                format(model.interval(EvaluationMetric.RECALL)),
                NumberFormats.decimal(confusion.weightedF1(), 3),
                NumberFormats.decimal(confusion.accuracy(), 3),
                NumberFormats.decimal(model.predictions().calibration().brier(), 3),
                NumberFormats.decimal(model.predictions().threshold(), 3));
    }

    List<String> confusionHeader() {
        return List.of(
                "",
                "Threshold",
                "Predicted positive",
                "True positives",
                "False positives",
                "False negatives",
                "True negatives",
                "Precision",
                "Recall");
    }

    /** Two lines per model: at its own threshold and at the given one. */
    List<List<String>> confusion() {
        List<List<String>> lines = new ArrayList<>();
        for (EvaluatedModel model : evaluation.models()) {
            lines.add(confusion(
                    model.name(),
                    model.predictions().threshold(),
                    model.predictions().confusion()));
            lines.add(confusion(model.name(), evaluation.arguments().threshold(), model.atGivenThreshold()));
        }
        return lines;
    }

    private static List<String> confusion(String name, double threshold, ConfusionMatrix confusion) {
        return List.of(
                name,
                NumberFormats.decimal(threshold, 3),
                NumberFormats.count(confusion.truePositives() + confusion.falsePositives()),
                NumberFormats.count(confusion.truePositives()),
                NumberFormats.count(confusion.falsePositives()),
                NumberFormats.count(confusion.falseNegatives()),
                NumberFormats.count(confusion.trueNegatives()),
                NumberFormats.decimal(confusion.precision(), 3),
                NumberFormats.decimal(confusion.recall(), 3));
    }

    List<String> crossValidationHeader() {
        return List.of("", "Parameters", "Mean ± SD", "Folds", "");
    }

    /** Every candidate of the grid search. */
    List<List<String>> crossValidation() {
        List<List<String>> lines = new ArrayList<>();
        for (EvaluatedModel model : evaluation.models()) {
            for (GridPoint point : model.crossValidation().grid()) {
                lines.add(List.of(
                        model.name(),
                        format(point.parameters()),
                        NumberFormats.decimal(point.mean(), 3) + " ± "
                                + NumberFormats.decimal(standardDeviation(point.folds()), 3),
                        point.folds().stream()
                                .map(fold -> NumberFormats.decimal(fold, 3))
                                .collect(Collectors.joining(" · ")),
                        point.parameters().equals(model.crossValidation().parameters()) ? "chosen" : ""));
            }
        }
        return lines;
    }

    /** The most important features of the models other than the best. */
    List<List<String>> topFeatures() {
        return evaluation.models().stream()
                .skip(1)
                .map(model -> List.of(
                        model.name(),
                        model.permutationImportances().measured().stream()
                                .limit(MAX_FEATURES)
                                .map(importance -> ImportanceCharts.readable(importance.name()))
                                .collect(Collectors.joining(", "))))
                .toList();
    }

    List<String> shuffledLabelsHeader() {
        return List.of("", "AUC", "Expected range");
    }

    List<List<String>> shuffledLabels() {
        List<List<String>> lines = new ArrayList<>();
        evaluation
                .sanity()
                .auc()
                .forEach((model, interval) -> lines.add(List.of(
                        model,
                        NumberFormats.decimal(interval.estimate(), 3),
                        NumberFormats.decimal(interval.low(), 3) + " to "
                                + NumberFormats.decimal(interval.high(), 3))));
        return lines;
    }

    private static String format(Interval interval) {
        return NumberFormats.decimal(interval.estimate(), 3) + "\n" + NumberFormats.decimal(interval.low(), 3) + " to "
                + NumberFormats.decimal(interval.high(), 3);
    }

    private static String format(Map<String, JsonNode> parameters) {
        return parameters.isEmpty()
                ? "library defaults"
                : parameters.entrySet().stream()
                        .map(parameter ->
                                parameter.getKey() + " " + parameter.getValue().asText())
                        .collect(Collectors.joining(", "));
    }

    /** The sample standard deviation of the folds' scores. */
    private static double standardDeviation(List<Double> folds) {
        double mean = folds.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double squares = folds.stream()
                .mapToDouble(fold -> (fold - mean) * (fold - mean))
                .sum();
        return Math.sqrt(squares / Math.max(1, folds.size() - 1));
    }
}
