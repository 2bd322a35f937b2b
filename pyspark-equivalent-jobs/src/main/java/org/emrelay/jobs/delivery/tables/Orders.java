package org.emrelay.jobs.delivery.tables;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.SnakeCase;
import org.emrelay.jobs.TableFormat;
import org.emrelay.jobs.UserFault;

/**
 * Orders with their products, in columns of known names and types, each with what is wrong with it: read alike for training and
 * for scoring, so that the two cannot drift apart.
 */
public final class Orders {
    /** Why an order cannot be used; null where it can. */
    public static final String PROBLEM = "problem";

    public static final String ACTUAL_DAYS = "actual_shipping_days";

    private static final List<String> KNOWN_AFTERWARDS = List.of(ACTUAL_DAYS, "on_time_delivery");
    private static final String IS_OPEN = "is_open";
    private static final List<String> TEXTS =
            List.of("order_id", "product_id", "carrier", "shipping_origin", "shipping_priority", "in_bulk_order");
    private static final List<String> NUMBERS =
            List.of("expected_shipping_days", "x_shipping_distance", "y_shipping_distance");
    private static final List<String> PRODUCT_TEXTS = List.of("computer_brand", "computer_model");
    private static final List<String> PRODUCT_NUMBERS = List.of("screen_size", "package_weight");

    private final SparkSession session;

    public Orders(SparkSession session) {
        this.session = session;
    }

    /** Orders whose actual days must be known: shipping logs, or orders that are prepared already and so know their products. */
    public Dataset<Row> readDelivered(
            String flag, String uri, Optional<TableFormat> format, Supplier<Dataset<Row>> products) {
        return read(flag, uri, format, true, products);
    }

    /** The same of orders that need not have arrived; what is known only afterwards is left out where it is there. */
    public Dataset<Row> readOpen(
            String flag, String uri, Optional<TableFormat> format, Supplier<Dataset<Row>> products) {
        return read(flag, uri, format, false, products);
    }

    private Dataset<Row> read(
            String flag,
            String uri,
            Optional<TableFormat> format,
            boolean isDelivered,
            Supplier<Dataset<Row>> products) {
        InputTable table = SnakeCase.renamed(InputTable.read(session, flag, uri, format), flag);
        requireRows(table, flag);
        List<String> names = List.of(table.rows().columns());
        boolean isPrepared = names.containsAll(PRODUCT_TEXTS) && names.containsAll(PRODUCT_NUMBERS);
        Map<String, Column> columns = new LinkedHashMap<>();
        TEXTS.forEach(name -> columns.put(name, text(table, flag, name)));
        columns.put("order_date", OrderDate.of(table.column(flag, "order_date")));
        NUMBERS.forEach(name -> columns.put(name, number(table, flag, name)));
        if (isDelivered) {
            columns.put(ACTUAL_DAYS, number(table, flag, ACTUAL_DAYS));
            columns.put(IS_OPEN, table.column(flag, ACTUAL_DAYS).isNull());
        }
        if (isPrepared) {
            columns.putAll(productColumns(table, flag));
        }
        // What nobody here knows goes on with the order.
        names.stream()
                .filter(name -> !name.equals(PROBLEM) && (isDelivered || !KNOWN_AFTERWARDS.contains(name)))
                .forEach(name -> columns.putIfAbsent(name, table.column(flag, name)));
        Dataset<Row> orders = table.rows().select(named(columns));
        Dataset<Row> known = isPrepared ? orders : described(orders, products.get());
        return known.withColumn(PROBLEM, problem(isDelivered)).drop(IS_OPEN);
    }

    /** One row a product, however often a table describes it. */
    public Dataset<Row> readProducts(String flag, String uri, Optional<TableFormat> format) {
        InputTable table = SnakeCase.renamed(InputTable.read(session, flag, uri, format), flag);
        requireRows(table, flag);
        Column[] columns = named(productColumns(table, flag));
        // The least of several, so that the same tables always give the same orders.
        return table.rows()
                .select(
                        text(table, flag, "product_id").as("product_id"),
                        struct(columns).as("product"))
                .where(col("product_id").isNotNull())
                .groupBy("product_id")
                .agg(min("product").as("product"))
                .select("product_id", "product.*");
    }

    private static Dataset<Row> described(Dataset<Row> orders, Dataset<Row> products) {
        String[] clashing =
                Stream.concat(PRODUCT_TEXTS.stream(), PRODUCT_NUMBERS.stream()).toArray(String[]::new);
        return orders.drop(clashing).join(products, new String[] {"product_id"}, "left_outer");
    }

    private static Map<String, Column> productColumns(InputTable table, String flag) {
        Map<String, Column> columns = new LinkedHashMap<>();
        PRODUCT_TEXTS.forEach(name -> columns.put(name, text(table, flag, name)));
        PRODUCT_NUMBERS.forEach(name -> columns.put(name, number(table, flag, name)));
        return columns;
    }

    private static Column[] named(Map<String, Column> columns) {
        return columns.entrySet().stream()
                .map(column -> column.getValue().as(column.getKey()))
                .toArray(Column[]::new);
    }

    private static Column problem(boolean isDelivered) {
        Column problem = when(col("order_id").isNull(), "no OrderID")
                .when(col("order_date").isNull(), "an OrderDate that is no date (M/D/YY)")
                .when(
                        col("x_shipping_distance")
                                .isNull()
                                .or(col("y_shipping_distance").isNull()),
                        "a distance that is no number")
                .when(col("expected_shipping_days").isNull(), "an estimate that is no number")
                .when(col("expected_shipping_days").lt(0), "a negative estimate");
        return isDelivered
                ? problem.when(col(IS_OPEN), "not delivered yet")
                        .when(col(ACTUAL_DAYS).isNull(), "actual days that are no number")
                        .when(col(ACTUAL_DAYS).lt(0), "negative actual days")
                : problem;
    }

    private static Column text(InputTable table, String flag, String name) {
        Column text = trim(table.column(flag, name).cast("string"));
        return when(text.notEqual(""), text);
    }

    private static Column number(InputTable table, String flag, String name) {
        return table.number(flag, name).cast("double");
    }

    private static void requireRows(InputTable table, String flag) {
        if (table.rows().isEmpty()) {
            throw new UserFault(flag + ": " + table.uri() + " has a header but no rows.");
        }
    }
}
