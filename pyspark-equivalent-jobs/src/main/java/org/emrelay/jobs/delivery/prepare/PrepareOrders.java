package org.emrelay.jobs.delivery.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.delivery.tables.Orders;

/** Joins shipping logs with their products, and splits them by the day of the order: the past to learn from, the rest to be judged by. */
public final class PrepareOrders {
    /** Some tens of megabytes: few enough files to open, enough of them to share among executors. */
    private static final long ROWS_IN_A_FILE = 500_000;

    private final SparkSession session;
    private final PrepareArguments arguments;

    private PrepareOrders(SparkSession session, PrepareArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        create(arguments).run();
    }

    private static PrepareOrders create(String[] arguments) {
        PrepareArguments parsed = PrepareArguments.parse(arguments);
        return new PrepareOrders(SparkSession.builder().getOrCreate(), parsed);
    }

    private void run() {
        OutputDirectory output = OutputDirectory.empty(session, "--output", arguments.output());
        Orders reader = new Orders(session);
        Dataset<Row> orders = reader.readDelivered(
                        "--shipping-logs",
                        arguments.shippingLogs(),
                        arguments.format(),
                        () -> reader.readProducts(
                                "--product-descriptions", arguments.productDescriptions(), arguments.format()))
                .cache();
        OrderCensus census = OrderCensus.of(orders);
        DateSplit split = DateSplit.of(census, arguments.trainingFraction(), arguments.shippingLogs());
        Dataset<Row> usable = orders.where(col(Orders.PROBLEM).isNull()).drop(Orders.PROBLEM);
        write(usable, split, true, output);
        write(usable, split, false, output);
        PrepareReport report = new PrepareReport(census, split);
        output.writeText("report.json", report.json());
        report.print();
    }

    private static void write(Dataset<Row> usable, DateSplit split, boolean isTraining, OutputDirectory output) {
        LocalDate cutoff = split.cutoff();
        Dataset<Row> part = usable.where(
                isTraining
                        ? col("order_date").lt(lit(Date.valueOf(cutoff)))
                        : col("order_date").geq(lit(Date.valueOf(cutoff))));
        long rows = isTraining ? split.trainingRows() : split.validationRows();
        int files = (int) (rows / ROWS_IN_A_FILE + 1);
        // By the order's id and sorted: whatever the files that came in, what is learnt from them is the same.
        output.below(isTraining ? "training" : "validation")
                .writeParquet(part.repartition(files, col("order_id")).sortWithinPartitions("order_date", "order_id"));
    }
}
