package org.emrelay.jobs.delivery.train;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pow;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;
import org.emrelay.jobs.learning.RegressionMetrics;

/**
 * Metrics of the model and of the carrier's estimate on one side of the split.
 *
 * @param lateBaseRate the share of late orders
 * @param lateBrier the Brier score of the late probability
 * @param lateAuc the AUC of the late probability; NaN if all or no orders are late
 */
record SplitMetrics(
        LocalDate first,
        LocalDate last,
        RegressionMetrics model,
        RegressionMetrics carrier,
        double lateBaseRate,
        double lateBrier,
        double lateAuc) {

    SplitMetrics {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(carrier, "carrier");
    }

    static SplitMetrics of(Dataset<Row> predicted, long graceDays) {
        Column isLate = DeliveryTrainer.isLate(graceDays).cast("double");
        Row row = predicted
                .agg(
                        min("order_date").cast("string"),
                        max("order_date").cast("string"),
                        avg(isLate),
                        avg(pow(col(DeliveryTrainer.LATE_PROBABILITY).minus(isLate), 2.0)))
                .first();
        double baseRate = row.getDouble(2);
        return new SplitMetrics(
                LocalDate.parse(row.getString(0)),
                LocalDate.parse(row.getString(1)),
                RegressionMetrics.of(predicted, DeliveryTrainer.PREDICTED, DeliveryFeatureColumns.ACTUAL),
                RegressionMetrics.of(predicted, DeliveryFeatureColumns.EXPECTED, DeliveryFeatureColumns.ACTUAL),
                baseRate,
                row.getDouble(3),
                baseRate > 0 && baseRate < 1 ? auc(predicted, isLate) : Double.NaN);
    }

    private static double auc(Dataset<Row> predicted, Column isLate) {
        return new BinaryClassificationEvaluator()
                .setLabelCol("is_late")
                .setRawPredictionCol(DeliveryTrainer.LATE_PROBABILITY)
                .evaluate(predicted.select(col(DeliveryTrainer.LATE_PROBABILITY), isLate.as("is_late")));
    }

    Map<String, Object> toMap() {
        Map<String, Object> late = new LinkedHashMap<>();
        late.put("base_rate", lateBaseRate);
        late.put("auc", lateAuc);
        late.put("brier", lateBrier);
        late.put("brier_of_base_rate", lateBaseRate * (1 - lateBaseRate));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rows", model.rows());
        map.put("first_date", first.toString());
        map.put("last_date", last.toString());
        map.putAll(model.toMap());
        map.put("late", late);
        map.put("carrier_estimate", carrier.toMap());
        return map;
    }
}
