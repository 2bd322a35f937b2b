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
import org.emrelay.jobs.SnakeCase;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.TableFormat;
import org.emrelay.tables.UserFault;

/**
 * Reads orders with their products, normalizes columns and marks unusable orders.
 *
 * <p>Training and scoring share it, to avoid training-serving skew.
 */
public final class OrderReader {
    /** Why an order is unusable; null for usable orders. */
    public static final String PROBLEM = "problem";

    public static final String ACTUAL_DAYS = "actual_shipping_days";

    private static final List<String> KNOWN_AFTER_DELIVERY = List.of(ACTUAL_DAYS, "on_time_delivery");
    private static final String IS_OPEN = "is_open";
    private static final List<String> TEXTS =
            List.of("order_id", "product_id", "carrier", "shipping_origin", "shipping_priority", "in_bulk_order");
    private static final List<String> NUMBERS =
            List.of("expected_shipping_days", "x_shipping_distance", "y_shipping_distance");
    private static final List<String> PRODUCT_TEXTS = List.of("computer_brand", "computer_model");
    private static final List<String> PRODUCT_NUMBERS = List.of("screen_size", "package_weight");

    private final SparkSession session;

    public OrderReader(SparkSession session) {
        this.session = session;
    }

    /** Reads delivered orders, from shipping logs or from prepared orders, which already contain product columns. */
    public Dataset<Row> readDelivered(
            String flag, String uri, Optional<TableFormat> format, Supplier<Dataset<Row>> products) {
        return read(flag, uri, format, true, products);
    }

    /** Reads orders that may be open; drops columns that are known only after delivery. */
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
        InputTable table = SnakeCase.renameColumns(InputTable.read(session, flag, uri, format), flag);
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
        // Pass through unknown columns.
        names.stream()
                .filter(name -> !name.equals(PROBLEM) && (isDelivered || !KNOWN_AFTER_DELIVERY.contains(name)))
                .forEach(name -> columns.putIfAbsent(name, table.column(flag, name)));
        Dataset<Row> orders = table.rows().select(aliased(columns));
        Dataset<Row> withProducts = isPrepared ? orders : withProducts(orders, products.get());
        return withProducts.withColumn(PROBLEM, problem(isDelivered)).drop(IS_OPEN);
    }

    /** Reads products, one row each, even if the table describes a product several times. */
    public Dataset<Row> readProducts(String flag, String uri, Optional<TableFormat> format) {
        InputTable table = SnakeCase.renameColumns(InputTable.read(session, flag, uri, format), flag);
        requireRows(table, flag);
        Column[] columns = aliased(productColumns(table, flag));
        // The minimum of several descriptions, for a deterministic result.
        return table.rows()
                .select(
                        text(table, flag, "product_id").as("product_id"),
                        struct(columns).as("product"))
                .where(col("product_id").isNotNull())
                .groupBy("product_id")
                .agg(min("product").as("product"))
                .select("product_id", "product.*");
    }

    private static Dataset<Row> withProducts(Dataset<Row> orders, Dataset<Row> products) {
        String[] productColumns =
                Stream.concat(PRODUCT_TEXTS.stream(), PRODUCT_NUMBERS.stream()).toArray(String[]::new);
        return orders.drop(productColumns).join(products, new String[] {"product_id"}, "left_outer");
    }

    private static Map<String, Column> productColumns(InputTable table, String flag) {
        Map<String, Column> columns = new LinkedHashMap<>();
        PRODUCT_TEXTS.forEach(name -> columns.put(name, text(table, flag, name)));
        PRODUCT_NUMBERS.forEach(name -> columns.put(name, number(table, flag, name)));
        return columns;
    }

    private static Column[] aliased(Map<String, Column> columns) {
        return columns.entrySet().stream()
                .map(column -> column.getValue().as(column.getKey()))
                .toArray(Column[]::new);
    }

    private static Column problem(boolean isDelivered) {
        Column problem = when(col("order_id").isNull(), "missing OrderID")
                .when(col("order_date").isNull(), "invalid OrderDate (expected M/D/YY)")
                .when(
                        col("x_shipping_distance")
                                .isNull()
                                .or(col("y_shipping_distance").isNull()),
                        "non-numeric distance")
                .when(col("expected_shipping_days").isNull(), "non-numeric estimate")
                .when(col("expected_shipping_days").lt(0), "negative estimate");
        return isDelivered
                ? problem.when(col(IS_OPEN), "not delivered yet")
                        .when(col(ACTUAL_DAYS).isNull(), "non-numeric actual days")
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
