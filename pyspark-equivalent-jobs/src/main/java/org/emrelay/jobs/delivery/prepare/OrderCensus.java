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
import org.emrelay.jobs.delivery.tables.Orders;

/**
 * What a log holds, counted in one pass.
 *
 * @param rows all that the log has
 * @param problems how many orders are left out, by what is wrong with them
 * @param withoutDescription usable orders of products that nobody described
 * @param negativeCoordinates usable orders that went west or south: a direction, not an error
 * @param usable how many can be used, by the day of the order
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
        var usableDate = when(col(Orders.PROBLEM).isNull(), col("order_date").cast("string"));
        SortedMap<String, Long> problems = new TreeMap<>();
        SortedMap<LocalDate, Long> usable = new TreeMap<>();
        long rows = 0;
        long withoutDescription = 0;
        long negativeCoordinates = 0;
        for (Row row : orders.groupBy(col(Orders.PROBLEM), usableDate.as("date"))
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

    /** For a sentence: what was left out, the most frequent first. */
    String problemList() {
        return problems.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(problem -> problem.getValue() + " with " + problem.getKey())
                .map(text -> text.replace("with not delivered yet", "not delivered yet"))
                .reduce((left, right) -> left + ", " + right)
                .orElse("none");
    }
}
