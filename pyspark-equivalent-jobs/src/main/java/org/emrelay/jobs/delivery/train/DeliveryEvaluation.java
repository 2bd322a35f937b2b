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
 * The evaluation of a trained model.
 *
 * @param difference the absolute validation errors of the model minus those of the carrier's estimate, paired
 */
record DeliveryEvaluation(
        TrainModelArguments arguments,
        SplitMetrics training,
        SplitMetrics validation,
        Interval difference,
        List<Importance> importances) {
    /** With more rows, the interval is narrow anyway and the bootstrap becomes slow. */
    private static final int MAX_BOOTSTRAP_ROWS = 20_000;

    DeliveryEvaluation {
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(difference, "difference");
        importances = List.copyOf(importances);
    }

    static DeliveryEvaluation of(
            TrainModelArguments arguments, Dataset<Row> training, Dataset<Row> validation, SavedPipeline model) {
        Column modelError = abs(col(DeliveryTrainer.PREDICTED).minus(col(DeliveryFeatureColumns.ACTUAL)));
        Column carrierError = abs(col(DeliveryFeatureColumns.EXPECTED).minus(col(DeliveryFeatureColumns.ACTUAL)));
        double[] differences =
                validation.select(modelError.minus(carrierError)).limit(MAX_BOOTSTRAP_ROWS).collectAsList().stream()
                        .mapToDouble(row -> row.getDouble(0))
                        .toArray();
        Dataset<Row> features = validation.select(
                DeliveryFeatureColumns.EXPECTED, DeliveryFeatureColumns.ACTUAL, DeliveryFeatureColumns.FEATURES);
        return new DeliveryEvaluation(
                arguments,
                SplitMetrics.of(training, arguments.graceDays()),
                SplitMetrics.of(validation, arguments.graceDays()),
                Bootstrap.meanInterval(differences, arguments.seed()),
                new PermutationImportance(model, DeliveryFeatureColumns.FEATURES, modelError)
                        .compute(
                                features,
                                DeliveryFeatureColumns.layout(
                                                FeatureNames.of(features, DeliveryFeatureColumns.FEATURES))
                                        .groups(),
                                DeliveryTrainer.PREDICTED,
                                arguments.seed())
                        .measured());
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model_type", arguments.modelType().toString());
        json.put("loss", arguments.loss().toString());
        json.put("model_params", arguments.modelParameters().toJson());
        json.put("seed", arguments.seed());
        json.put("training", training.toMap());
        json.put("validation", validation.toMap());
        Map<String, Object> comparison = new LinkedHashMap<>();
        comparison.put("mae_difference", difference.estimate());
        comparison.put("low", difference.low());
        comparison.put("high", difference.high());
        json.put("validation_against_carrier_estimate", comparison);
        Map<String, Object> lossIncreases = new LinkedHashMap<>();
        importances.forEach(importance -> lossIncreases.put(importance.name(), importance.lossIncrease()));
        json.put("permutation_importances", lossIncreases);
        return JsonText.of(json);
    }

    String csv() {
        StringBuilder table = new StringBuilder("split,predictor,rows");
        training.model().toMap().keySet().forEach(name -> table.append(',').append(name));
        table.append('\n');
        line(table, "training", arguments.modelType().toString(), training.model());
        line(table, "training", "carrier_estimate", training.carrier());
        line(table, "validation", arguments.modelType().toString(), validation.model());
        line(table, "validation", "carrier_estimate", validation.carrier());
        return table.toString();
    }

    private static void line(StringBuilder table, String split, String predictor, RegressionMetrics metrics) {
        table.append(split).append(',').append(predictor).append(',').append(metrics.rows());
        metrics.toMap().values().forEach(value -> table.append(',').append(value));
        table.append('\n');
    }

    void print(String page) {
        RegressionMetrics model = validation.model();
        System.out.println(String.format(
                Locale.ROOT,
                "Validation, %d orders from %s to %s: %s MAE %.3f days, rounded %.3f, MSE %.3f; carrier's estimate MAE"
                        + " %.3f days.",
                model.rows(),
                validation.first(),
                validation.last(),
                arguments.modelType(),
                model.meanAbsoluteError(),
                model.roundedMeanAbsoluteError(),
                model.meanSquaredError(),
                validation.carrier().meanAbsoluteError()));
        System.out.println("Report: " + page);
        System.out.flush();
    }
}
