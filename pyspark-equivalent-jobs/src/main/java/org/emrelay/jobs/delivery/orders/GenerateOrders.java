package org.emrelay.jobs.delivery.orders;

import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.Partitioning;
import org.emrelay.tables.Flags;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;

/** Generates sample shipping logs and product descriptions with the schema of the real ones. */
public final class GenerateOrders implements Job {
    private static final long MIN_ROWS_PER_PARTITION = 25_000;
    private static final long MAX_ROWS_PER_PARTITION = 250_000;

    private final SparkSession session;
    private final Arguments arguments;

    private GenerateOrders(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(GenerateOrders::create, arguments);
    }

    private static GenerateOrders create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new GenerateOrders(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        SampleProducts products = new SampleProducts(arguments.seed());
        output.writeText("ProductDescriptions.csv", products.csv());
        long seed = arguments.seed();
        Dataset<Row> orders = session.range(
                        0,
                        arguments.rows(),
                        1,
                        Partitioning.partitionCount(
                                session, arguments.rows(), MIN_ROWS_PER_PARTITION, MAX_ROWS_PER_PARTITION))
                .mapPartitions(
                        (MapPartitionsFunction<Long, Row>) rows -> new SampleOrders(seed).of(rows),
                        Encoders.row(SampleOrders.SCHEMA));
        output.subdirectory("ShippingLogs").writeCsvParts(orders);
    }

    /** There is nothing but the arguments. */
    @Override
    public void check() {}

    record Arguments(long rows, long seed, String output) {
        private static final List<String> KNOWN = List.of("--rows", "--seed", "--output");

        Arguments {
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.wholeNumberOr("--rows", 10_000, 1, Long.MAX_VALUE),
                    flags.wholeNumberOr("--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                    flags.required("--output"));
        }
    }
}
