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
 * How good the model is on one part of the orders, beside the carrier's estimate.
 *
 * @param lateShare how many orders were late
 * @param lateBrier mean squared error of the chance of being late
 * @param lateAuc how well the chance puts late orders before the others; not a number where only one of the two occurs
 */
record SplitScore(
        LocalDate first,
        LocalDate last,
        RegressionMetrics ours,
        RegressionMetrics carrier,
        double lateShare,
        double lateBrier,
        double lateAuc) {

    SplitScore {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(ours, "ours");
        Objects.requireNonNull(carrier, "carrier");
    }

    static SplitScore of(Dataset<Row> predicted, long graceDays) {
        Column isLate = Trainer.isLate(graceDays).cast("double");
        Row row = predicted
                .agg(
                        min("order_date").cast("string"),
                        max("order_date").cast("string"),
                        avg(isLate),
                        avg(pow(col(Trainer.LATE_CHANCE).minus(isLate), 2.0)))
                .first();
        double share = row.getDouble(2);
        return new SplitScore(
                LocalDate.parse(row.getString(0)),
                LocalDate.parse(row.getString(1)),
                RegressionMetrics.of(predicted, Trainer.PREDICTED, DeliveryFeatureColumns.ACTUAL),
                RegressionMetrics.of(predicted, DeliveryFeatureColumns.EXPECTED, DeliveryFeatureColumns.ACTUAL),
                share,
                row.getDouble(3),
                share > 0 && share < 1 ? auc(predicted, isLate) : Double.NaN);
    }

    private static double auc(Dataset<Row> predicted, Column isLate) {
        return new BinaryClassificationEvaluator()
                .setLabelCol("is_late")
                .setRawPredictionCol(Trainer.LATE_CHANCE)
                .evaluate(predicted.select(col(Trainer.LATE_CHANCE), isLate.as("is_late")));
    }

    Map<String, Object> byName() {
        Map<String, Object> late = new LinkedHashMap<>();
        late.put("share", lateShare);
        late.put("auc", lateAuc);
        late.put("brier", lateBrier);
        late.put("brier_of_the_share", lateShare * (1 - lateShare));
        Map<String, Object> byName = new LinkedHashMap<>();
        byName.put("rows", ours.rows());
        byName.put("first_date", first.toString());
        byName.put("last_date", last.toString());
        byName.putAll(ours.byName());
        byName.put("late", late);
        byName.put("carrier_estimate", carrier.byName());
        return byName;
    }
}
