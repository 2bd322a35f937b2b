package org.emrelay.jobs.delivery.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The first pipeline stage: one SQL statement that derives the feature columns.
 *
 * <p>Fitted values (frequent categories, medians) are literals in the statement, so the saved pipeline needs only
 * Spark's classes.
 */
final class DerivedColumns {
    /** Replaces rare values, and values that first occur after training. */
    static final String OTHER = "other";

    /** Suffix of the derived category columns. */
    static final String GROUP = "_group";

    private static final String MISSING = "missing";

    private final Dataset<Row> orders;
    private final double rareShare;

    DerivedColumns(Dataset<Row> orders, double rareShare) {
        this.orders = orders;
        this.rareShare = rareShare;
    }

    SQLTransformer fit() {
        String categories = frequentValues().entrySet().stream()
                .map(category -> groupExpression(category.getKey(), category.getValue()))
                .collect(Collectors.joining(", "));
        String numbers = String.join(
                ", ",
                "expected_shipping_days AS expected_days",
                "sqrt(x_shipping_distance * x_shipping_distance + y_shipping_distance * y_shipping_distance) AS distance",
                medianIfMissing("package_weight") + " AS weight",
                medianIfMissing("screen_size") + " AS screen",
                "CASE WHEN lower(in_bulk_order) IN ('bulk order', 'bulk', 'true', 'yes', '1') THEN 1D ELSE 0D END AS bulk",
                "CAST(month(order_date) AS double) AS month",
                "CAST(weekday(order_date) AS double) AS weekday",
                "CASE WHEN weekday(order_date) >= 5 THEN 1D ELSE 0D END AS weekend");
        return new SQLTransformer().setStatement("SELECT *, " + numbers + ", " + categories + " FROM __THIS__");
    }

    /**
     * The values of each category with at least the given share of orders; at most 1 / share of them reach the driver.
     */
    private Map<String, SortedSet<String>> frequentValues() {
        Map<String, SortedSet<String>> frequent = new TreeMap<>();
        DeliveryFeatureColumns.CATEGORIES.forEach(category -> frequent.put(category, new TreeSet<>()));
        Column[] pairs = DeliveryFeatureColumns.CATEGORIES.stream()
                .map(name -> struct(
                        lit(name).as("category"),
                        coalesce(col(name), lit(MISSING)).as("value")))
                .toArray(Column[]::new);
        double minOrders = rareShare * orders.count();
        List<Row> counted = orders.select(explode(array(pairs)).as("pair"))
                .groupBy("pair.category", "pair.value")
                .agg(count(lit(1)).as("orders"))
                .where(col("orders").geq(minOrders))
                .collectAsList();
        counted.forEach(row -> frequent.computeIfAbsent(row.getString(0), none -> new TreeSet<>())
                .add(row.getString(1)));
        return frequent;
    }

    private static String groupExpression(String name, SortedSet<String> frequent) {
        String value = "coalesce(" + name + ", '" + MISSING + "')";
        String group = " AS " + name + GROUP;
        if (frequent.isEmpty()) {
            return "'" + OTHER + "'" + group;
        }
        String known = frequent.stream().map(DerivedColumns::literal).collect(Collectors.joining(", "));
        return "CASE WHEN " + value + " IN (" + known + ") THEN " + value + " ELSE '" + OTHER + "' END" + group;
    }

    /** SQL that imputes missing values by the median. */
    private String medianIfMissing(String name) {
        Row row = orders.agg(expr("percentile_approx(" + name + ", 0.5)")).first();
        return "coalesce(" + name + ", " + (row.isNullAt(0) ? 0 : row.getDouble(0)) + "D)";
    }

    /** A SQL literal. Escapes all characters that are special to SQL, to variable substitution or to SQLTransformer. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("'");
        text.chars().forEach(character -> {
            boolean isPlain = character == ' ' || (character < 128 && Character.isLetterOrDigit(character));
            literal.append(isPlain ? Character.toString(character) : String.format("\\u%04x", character));
        });
        return literal.append('\'').toString();
    }
}
