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

/** Regression metrics of raw and of rounded predictions, computed in one pass. */
public record RegressionMetrics(
        long rows,
        double meanAbsoluteError,
        double meanSquaredError,
        double meanError,
        double roundedMeanAbsoluteError,
        double roundedMeanSquaredError,
        double variance) {

    public static RegressionMetrics of(Dataset<Row> predictions, String prediction, String label) {
        Column error = col(prediction).minus(col(label));
        Column rounded = round(col(prediction)).minus(col(label));
        Row row = predictions
                .agg(
                        count(lit(1)),
                        avg(abs(error)),
                        avg(error.multiply(error)),
                        avg(error),
                        avg(abs(rounded)),
                        avg(rounded.multiply(rounded)),
                        var_pop(col(label)))
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

    /** The metrics by their names in output files. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mae", meanAbsoluteError);
        map.put("mse", meanSquaredError);
        map.put("rmse", Math.sqrt(meanSquaredError));
        map.put("r2", r2());
        map.put("rounded_mae", roundedMeanAbsoluteError);
        map.put("rounded_mse", roundedMeanSquaredError);
        map.put("rounded_rmse", Math.sqrt(roundedMeanSquaredError));
        map.put("rounded_r2", 1 - roundedMeanSquaredError / variance);
        map.put("mean_error", meanError);
        return map;
    }
}
