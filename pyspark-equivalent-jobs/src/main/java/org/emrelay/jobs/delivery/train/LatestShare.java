package org.emrelay.jobs.delivery.train;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.UserFault;

/** The latest orders of a table, in whole days. */
final class LatestShare {
    private LatestShare() {}

    /** The day from which on at least that share of the orders came; never the first one. */
    static Date firstDate(Dataset<Row> orders, double share) {
        List<Row> days = orders.groupBy("order_date")
                .agg(count(lit(1)).as("orders"))
                .orderBy("order_date")
                .collectAsList();
        if (days.size() < 2) {
            throw new UserFault("--early-stopping: all training orders are of one day; give 0.");
        }
        long all = days.stream().mapToLong(day -> day.getLong(1)).sum();
        long latest = 0;
        int place = days.size();
        while (place > 1 && latest < share * all) {
            place--;
            latest += days.get(place).getLong(1);
        }
        return days.get(place).getDate(0);
    }
}
