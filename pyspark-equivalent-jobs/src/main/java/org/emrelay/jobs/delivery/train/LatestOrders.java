package org.emrelay.jobs.delivery.train;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.tables.UserFault;

/** Finds the latest orders of a table, in whole days. */
final class LatestOrders {
    private LatestOrders() {}

    /** The first day of the latest orders that make up at least the given share; never the table's first day. */
    static Date firstDate(Dataset<Row> orders, double share) {
        List<Row> days = orders.groupBy("order_date")
                .agg(count(lit(1)).as("orders"))
                .orderBy("order_date")
                .collectAsList();
        if (days.size() < 2) {
            throw new UserFault("--early-stopping: all training orders are of one day. Use 0.");
        }
        long total = days.stream().mapToLong(day -> day.getLong(1)).sum();
        long latest = 0;
        int index = days.size();
        while (index > 1 && latest < share * total) {
            index--;
            latest += days.get(index).getLong(1);
        }
        return days.get(index).getDate(0);
    }
}
