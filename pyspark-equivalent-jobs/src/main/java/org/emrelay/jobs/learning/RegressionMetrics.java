package org.emrelay.jobs.learning;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.var_pop;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How far predictions are from what came true, raw and rounded to whole numbers, counted in one pass. */
public record RegressionMetrics(
        long rows,
        double meanAbsoluteError,
        double meanSquaredError,
        double meanError,
        double roundedMeanAbsoluteError,
        double roundedMeanSquaredError,
        double variance) {

    public static RegressionMetrics of(Dataset<Row> predictions, String predicted, String actual) {
        Column error = col(predicted).minus(col(actual));
        Column rounded = round(col(predicted)).minus(col(actual));
        Row row = predictions
                .agg(
                        count(lit(1)),
                        avg(abs(error)),
                        avg(error.multiply(error)),
                        avg(error),
                        avg(abs(rounded)),
                        avg(rounded.multiply(rounded)),
                        var_pop(col(actual)))
                .first();
        return new RegressionMetrics(
                row.getLong(0),
                row.getDouble(1),
                row.getDouble(2),
                row.getDouble(3),
                row.getDouble(4),
                row.getDouble(5),
                row.getDouble(6));
    }

    public double r2() {
        return 1 - meanSquaredError / variance;
    }

    /** By the names under which they are written. */
    public Map<String, Object> byName() {
        Map<String, Object> byName = new LinkedHashMap<>();
        byName.put("mae", meanAbsoluteError);
        byName.put("mse", meanSquaredError);
        byName.put("rmse", Math.sqrt(meanSquaredError));
        byName.put("r2", r2());
        byName.put("rounded_mae", roundedMeanAbsoluteError);
        byName.put("rounded_mse", roundedMeanSquaredError);
        byName.put("rounded_rmse", Math.sqrt(roundedMeanSquaredError));
        byName.put("rounded_r2", 1 - roundedMeanSquaredError / variance);
        byName.put("mean_error", meanError);
        return byName;
    }
}
