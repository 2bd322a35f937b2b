package org.emrelay.jobs.delivery.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.emrelay.jobs.delivery.tables.OrderReader;
import org.emrelay.jobs.learning.FeatureLayout;

/** The columns shared by features, training and scoring. */
public final class DeliveryFeatureColumns {
    public static final String FEATURES = "features";
    public static final String EXPECTED = "expected_days";
    public static final String ACTUAL = "actual_days";

    /** Identify and group orders in reports; never features. */
    public static final List<String> REPORTED =
            List.of("order_id", "order_date", "carrier", "shipping_origin", "shipping_priority", "distance");

    /** Derived only from what is known at order time. */
    static final List<String> NUMBERS =
            List.of(EXPECTED, "distance", "weight", "screen", "bulk", "month", "weekday", "weekend");

    static final List<String> CATEGORIES =
            List.of("carrier", "shipping_origin", "shipping_priority", "computer_brand", "computer_model");

    /** Separates category and value in the name of a one-hot slot. */
    static final String VALUE_SEPARATOR = "_is";

    private DeliveryFeatureColumns() {}

    /** Groups vector slots by source column, by their names. */
    public static FeatureLayout layout(List<String> names) {
        Map<String, List<Integer>> slots = new LinkedHashMap<>();
        for (int slot = 0; slot < names.size(); slot++) {
            slots.computeIfAbsent(group(names.get(slot)), first -> new ArrayList<>())
                    .add(slot);
        }
        Map<String, int[]> groups = new LinkedHashMap<>();
        slots.forEach((name, indices) ->
                groups.put(name, indices.stream().mapToInt(Integer::intValue).toArray()));
        return new FeatureLayout(names, groups);
    }

    private static String group(String name) {
        return CATEGORIES.stream()
                .filter(category -> name.startsWith(category + VALUE_SEPARATOR + "_"))
                .findFirst()
                .orElse(name);
    }

    /** Selects the output columns, with the actual days if known. */
    public static Dataset<Row> select(Dataset<Row> transformed) {
        List<Column> columns = new ArrayList<>();
        Stream.concat(REPORTED.stream(), Stream.of(EXPECTED))
                .map(functions::col)
                .forEach(columns::add);
        if (Arrays.asList(transformed.columns()).contains(OrderReader.ACTUAL_DAYS)) {
            columns.add(functions.col(OrderReader.ACTUAL_DAYS).as(ACTUAL));
        }
        // XGBoost treats the implicit zeros of a sparse vector as missing.
        Column dense = functions
                .udf((UDF1<Vector, Vector>) Vector::toDense, SQLDataTypes.VectorType())
                .apply(functions.col(FEATURES));
        columns.add(dense.as(FEATURES, transformed.schema().apply(FEATURES).metadata()));
        return transformed.select(columns.toArray(Column[]::new));
    }
}
