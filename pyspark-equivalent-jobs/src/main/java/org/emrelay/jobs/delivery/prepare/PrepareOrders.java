package org.emrelay.jobs.delivery.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.delivery.tables.OrderReader;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;

/** Joins shipping logs with products and splits them by order date into training and validation. */
public final class PrepareOrders implements Job {
    /** Some tens of megabytes: few files to open, but enough to distribute among executors. */
    private static final long ROWS_PER_FILE = 500_000;

    private final SparkSession session;
    private final PrepareArguments arguments;

    private PrepareOrders(SparkSession session, PrepareArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(PrepareOrders::create, arguments);
    }

    private static PrepareOrders create(String[] arguments) {
        PrepareArguments parsed = PrepareArguments.parse(arguments);
        return new PrepareOrders(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        Dataset<Row> orders = orders().cache();
        OrderCensus census = OrderCensus.of(orders);
        DateSplit split = DateSplit.of(census, arguments.trainingFraction(), arguments.shippingLogs());
        Dataset<Row> usable = orders.where(col(OrderReader.PROBLEM).isNull()).drop(OrderReader.PROBLEM);
        write(usable, split, true, output);
        write(usable, split, false, output);
        PrepareReport report = new PrepareReport(census, split);
        output.writeText("report.json", report.json());
        report.print();
    }

    private Dataset<Row> orders() {
        OrderReader reader = new OrderReader(session);
        return reader.readDelivered(
                "--shipping-logs",
                arguments.shippingLogs(),
                arguments.format(),
                () -> reader.readProducts(
                        "--product-descriptions", arguments.productDescriptions(), arguments.format()));
    }

    @Override
    public void check() {
        Job.ifExists(
                session,
                arguments.shippingLogs(),
                logs -> Job.ifExists(session, arguments.productDescriptions(), products -> orders()));
    }

    private static void write(Dataset<Row> usable, DateSplit split, boolean isTraining, OutputDirectory output) {
        LocalDate cutoff = split.cutoff();
        Dataset<Row> part = usable.where(
                isTraining
                        ? col("order_date").lt(lit(Date.valueOf(cutoff)))
                        : col("order_date").geq(lit(Date.valueOf(cutoff))));
        long rows = isTraining ? split.trainingRows() : split.validationRows();
        int files = (int) (rows / ROWS_PER_FILE + 1);
        // Partitioned by id and sorted, so that training does not depend on the layout of the input files.
        output.subdirectory(isTraining ? "training" : "validation")
                .writeParquet(part.repartition(files, col("order_id")).sortWithinPartitions("order_date", "order_id"));
    }
}
