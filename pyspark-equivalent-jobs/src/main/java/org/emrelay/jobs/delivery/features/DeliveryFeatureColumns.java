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
import org.emrelay.jobs.delivery.tables.Orders;
import org.emrelay.jobs.learning.FeaturePlaces;

/** The columns between features, training and scoring: what a model may see, and what only tells people which order is meant. */
public final class DeliveryFeatureColumns {
    public static final String FEATURES = "features";
    public static final String EXPECTED = "expected_days";
    public static final String ACTUAL = "actual_days";

    /** What an order is shown and grouped by; no model sees it. */
    public static final List<String> SHOWN =
            List.of("order_id", "order_date", "carrier", "shipping_origin", "shipping_priority", "distance");

    /** Made of what is known when something is ordered, and of nothing else. */
    static final List<String> NUMBERS =
            List.of(EXPECTED, "distance", "weight", "screen", "bulk", "month", "weekday", "weekend");

    static final List<String> CATEGORIES =
            List.of("carrier", "shipping_origin", "shipping_priority", "computer_brand", "computer_model");

    /** Between a category and one of its values, in the name of the place that says whether it is that value. */
    static final String IS = "_is";

    private DeliveryFeatureColumns() {}

    /** The places of a vector that stand for one thing people know: a number its own, a category those of all its values. */
    public static FeaturePlaces places(List<String> names) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int place = 0; place < names.size(); place++) {
            groups.computeIfAbsent(group(names.get(place)), first -> new ArrayList<>())
                    .add(place);
        }
        Map<String, int[]> places = new LinkedHashMap<>();
        groups.forEach((name, own) ->
                places.put(name, own.stream().mapToInt(Integer::intValue).toArray()));
        return new FeaturePlaces(names, places);
    }

    private static String group(String name) {
        return CATEGORIES.stream()
                .filter(category -> name.startsWith(category + IS + "_"))
                .findFirst()
                .orElse(name);
    }

    /** The table that goes on: with the actual days where they are known already. */
    public static Dataset<Row> select(Dataset<Row> transformed) {
        List<Column> columns = new ArrayList<>();
        Stream.concat(SHOWN.stream(), Stream.of(EXPECTED)).map(functions::col).forEach(columns::add);
        if (Arrays.asList(transformed.columns()).contains(Orders.ACTUAL_DAYS)) {
            columns.add(functions.col(Orders.ACTUAL_DAYS).as(ACTUAL));
        }
        // XGBoost would take the zeros that a sparse vector leaves out for missing values.
        Column dense = functions
                .udf((UDF1<Vector, Vector>) Vector::toDense, SQLDataTypes.VectorType())
                .apply(functions.col(FEATURES));
        columns.add(dense.as(FEATURES, transformed.schema().apply(FEATURES).metadata()));
        return transformed.select(columns.toArray(Column[]::new));
    }
}
