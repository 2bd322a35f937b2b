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
 * The first stage of the pipeline: one SQL statement in which everything that was learnt stands as a literal (which values are
 * frequent, what is typical), so that the saved pipeline loads wherever Spark does, without a class of ours.
 */
final class DerivedColumns {
    /** What values become that are too rare to learn from; one that is seen later only becomes it too. */
    static final String OTHER = "other";

    /** The columns of derived categories end so. */
    static final String GROUP = "_group";

    private static final String MISSING = "missing";

    private final Dataset<Row> orders;
    private final double rareShare;

    DerivedColumns(Dataset<Row> orders, double rareShare) {
        this.orders = orders;
        this.rareShare = rareShare;
    }

    SQLTransformer learn() {
        String categories = frequent().entrySet().stream()
                .map(category -> folded(category.getKey(), category.getValue()))
                .collect(Collectors.joining(", "));
        String numbers = String.join(
                ", ",
                "expected_shipping_days AS expected_days",
                "sqrt(x_shipping_distance * x_shipping_distance + y_shipping_distance * y_shipping_distance) AS distance",
                typical("package_weight") + " AS weight",
                typical("screen_size") + " AS screen",
                "CASE WHEN lower(in_bulk_order) IN ('bulk order', 'bulk', 'true', 'yes', '1') THEN 1D ELSE 0D END AS bulk",
                "CAST(month(order_date) AS double) AS month",
                "CAST(weekday(order_date) AS double) AS weekday",
                "CASE WHEN weekday(order_date) >= 5 THEN 1D ELSE 0D END AS weekend");
        return new SQLTransformer().setStatement("SELECT *, " + numbers + ", " + categories + " FROM __THIS__");
    }

    /** Of each category the values that at least the given share of orders has; no more than one over that share come here. */
    private Map<String, SortedSet<String>> frequent() {
        Map<String, SortedSet<String>> frequent = new TreeMap<>();
        DeliveryFeatureColumns.CATEGORIES.forEach(category -> frequent.put(category, new TreeSet<>()));
        Column[] pairs = DeliveryFeatureColumns.CATEGORIES.stream()
                .map(name -> struct(
                        lit(name).as("category"),
                        coalesce(col(name), lit(MISSING)).as("value")))
                .toArray(Column[]::new);
        double least = rareShare * orders.count();
        List<Row> counted = orders.select(explode(array(pairs)).as("pair"))
                .groupBy("pair.category", "pair.value")
                .agg(count(lit(1)).as("orders"))
                .where(col("orders").geq(least))
                .collectAsList();
        counted.forEach(row -> frequent.computeIfAbsent(row.getString(0), none -> new TreeSet<>())
                .add(row.getString(1)));
        return frequent;
    }

    private static String folded(String name, SortedSet<String> frequent) {
        String value = "coalesce(" + name + ", '" + MISSING + "')";
        String group = " AS " + name + GROUP;
        if (frequent.isEmpty()) {
            return "'" + OTHER + "'" + group;
        }
        String known = frequent.stream().map(DerivedColumns::literal).collect(Collectors.joining(", "));
        return "CASE WHEN " + value + " IN (" + known + ") THEN " + value + " ELSE '" + OTHER + "' END" + group;
    }

    /** Where a value is missing, the median of those that are there. */
    private String typical(String name) {
        Row row = orders.agg(expr("percentile_approx(" + name + ", 0.5)")).first();
        return "coalesce(" + name + ", " + (row.isNullAt(0) ? 0 : row.getDouble(0)) + "D)";
    }

    /** Any text as SQL: letters that mean something to SQL, to variables in it or to the transformer are written as codes. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("'");
        text.chars().forEach(letter -> {
            boolean isPlain = letter == ' ' || (letter < 128 && Character.isLetterOrDigit(letter));
            literal.append(isPlain ? Character.toString(letter) : String.format("\\u%04x", letter));
        });
        return literal.append('\'').toString();
    }
}
