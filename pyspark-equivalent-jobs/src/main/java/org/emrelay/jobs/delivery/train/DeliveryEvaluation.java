package org.emrelay.jobs.delivery.train;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;
import org.emrelay.jobs.learning.Bootstrap;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.FeatureNames;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.jobs.learning.PermutationImportance;
import org.emrelay.jobs.learning.PermutationImportance.Importance;
import org.emrelay.jobs.learning.RegressionMetrics;
import org.emrelay.jobs.learning.SavedPipeline;

/**
 * All the figures on a trained model.
 *
 * @param difference of the absolute errors on validation: the model's less those of the carrier's estimate
 */
record DeliveryEvaluation(
        TrainModelArguments arguments,
        SplitScore training,
        SplitScore validation,
        Interval difference,
        List<Importance> importances) {
    /** Beyond, an interval is narrow enough, and drawing rows again and again is not quick any more. */
    private static final int MOST_ROWS_FOR_INTERVAL = 20_000;

    DeliveryEvaluation {
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(difference, "difference");
        importances = List.copyOf(importances);
    }

    static DeliveryEvaluation of(
            TrainModelArguments arguments, Dataset<Row> training, Dataset<Row> validation, SavedPipeline model) {
        Column ours = abs(col(Trainer.PREDICTED).minus(col(DeliveryFeatureColumns.ACTUAL)));
        Column carrier = abs(col(DeliveryFeatureColumns.EXPECTED).minus(col(DeliveryFeatureColumns.ACTUAL)));
        double[] differences =
                validation.select(ours.minus(carrier)).limit(MOST_ROWS_FOR_INTERVAL).collectAsList().stream()
                        .mapToDouble(row -> row.getDouble(0))
                        .toArray();
        Dataset<Row> seen = validation.select(DeliveryFeatureColumns.EXPECTED, DeliveryFeatureColumns.ACTUAL, DeliveryFeatureColumns.FEATURES);
        return new DeliveryEvaluation(
                arguments,
                SplitScore.of(training, arguments.graceDays()),
                SplitScore.of(validation, arguments.graceDays()),
                Bootstrap.ofMean(differences, arguments.seed()),
                new PermutationImportance(model, DeliveryFeatureColumns.FEATURES, ours)
                        .of(
                                seen,
                                DeliveryFeatureColumns.places(FeatureNames.of(seen, DeliveryFeatureColumns.FEATURES))
                                        .groups(),
                                Trainer.PREDICTED,
                                arguments.seed())
                        .found());
    }

    String json() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("model_type", arguments.modelType().toString());
        figures.put("loss", arguments.loss().toString());
        figures.put("model_params", arguments.modelParameters().asJson());
        figures.put("seed", arguments.seed());
        figures.put("training", training.byName());
        figures.put("validation", validation.byName());
        Map<String, Object> gain = new LinkedHashMap<>();
        gain.put("mae_difference", difference.figure());
        gain.put("low", difference.low());
        gain.put("high", difference.high());
        figures.put("validation_against_carrier_estimate", gain);
        Map<String, Object> growths = new LinkedHashMap<>();
        importances.forEach(importance -> growths.put(importance.name(), importance.growth()));
        figures.put("permutation_importances", growths);
        return JsonText.of(figures);
    }

    String csv() {
        StringBuilder table = new StringBuilder("split,predictor,rows");
        training.ours().byName().keySet().forEach(name -> table.append(',').append(name));
        table.append('\n');
        line(table, "training", arguments.modelType().toString(), training.ours());
        line(table, "training", "carrier_estimate", training.carrier());
        line(table, "validation", arguments.modelType().toString(), validation.ours());
        line(table, "validation", "carrier_estimate", validation.carrier());
        return table.toString();
    }

    private static void line(StringBuilder table, String split, String predictor, RegressionMetrics metrics) {
        table.append(split).append(',').append(predictor).append(',').append(metrics.rows());
        metrics.byName().values().forEach(value -> table.append(',').append(value));
        table.append('\n');
    }

    void print(String page) {
        RegressionMetrics ours = validation.ours();
        System.out.println(String.format(
                Locale.ROOT,
                "Validation, %d orders from %s to %s: %s is off by %.3f days on average (MAE), rounded %.3f, MSE %.3f;"
                        + " the carrier's estimate by %.3f.",
                ours.rows(),
                validation.first(),
                validation.last(),
                arguments.modelType(),
                ours.meanAbsoluteError(),
                ours.roundedMeanAbsoluteError(),
                ours.meanSquaredError(),
                validation.carrier().meanAbsoluteError()));
        System.out.println("Open " + page + " to look at it.");
        System.out.flush();
    }
}
