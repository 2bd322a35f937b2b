package org.emrelay.jobs.delivery.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.delivery.tables.OrderReader;

/**
 * Counts of a shipping log, computed in one pass.
 *
 * @param rows all orders
 * @param problems orders left out, by problem
 * @param withoutDescription usable orders of products without a description
 * @param negativeCoordinates usable orders with a negative coordinate, which is a direction, not an error
 * @param usable usable orders by date
 */
record OrderCensus(
        long rows,
        SortedMap<String, Long> problems,
        long withoutDescription,
        long negativeCoordinates,
        SortedMap<LocalDate, Long> usable) {

    OrderCensus {
        problems = new TreeMap<>(problems);
        usable = new TreeMap<>(usable);
    }

    static OrderCensus of(Dataset<Row> orders) {
        var undescribed =
                col("computer_brand").isNull().and(col("package_weight").isNull());
        var negative =
                col("x_shipping_distance").lt(0).or(col("y_shipping_distance").lt(0));
        var usableDate =
                when(col(OrderReader.PROBLEM).isNull(), col("order_date").cast("string"));
        SortedMap<String, Long> problems = new TreeMap<>();
        SortedMap<LocalDate, Long> usable = new TreeMap<>();
        long rows = 0;
        long withoutDescription = 0;
        long negativeCoordinates = 0;
        for (Row row : orders.groupBy(col(OrderReader.PROBLEM), usableDate.as("date"))
                .agg(
                        count(lit(1)),
                        sum(when(undescribed, 1L).otherwise(0L)),
                        sum(when(negative, 1L).otherwise(0L)))
                .collectAsList()) {
            rows += row.getLong(2);
            if (row.isNullAt(0)) {
                usable.put(LocalDate.parse(row.getString(1)), row.getLong(2));
                withoutDescription += row.getLong(3);
                negativeCoordinates += row.getLong(4);
            } else {
                problems.merge(row.getString(0), row.getLong(2), Long::sum);
            }
        }
        return new OrderCensus(rows, problems, withoutDescription, negativeCoordinates, usable);
    }

    long usableRows() {
        return usable.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The orders left out, for a message, most frequent problem first. */
    String problemList() {
        return problems.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(problem -> problem.getValue() + " with " + problem.getKey())
                .map(text -> text.replace("with not delivered yet", "not delivered yet"))
                .reduce((left, right) -> left + ", " + right)
                .orElse("none");
    }
}
