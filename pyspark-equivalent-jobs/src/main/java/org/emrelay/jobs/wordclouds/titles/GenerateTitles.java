package org.emrelay.jobs.wordclouds.titles;

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

/**
 * Generates sample book reviews.
 *
 * <p>They replace the closed amazon-reviews-pds bucket and have its columns.
 */
public final class GenerateTitles implements Job {
    private static final long MIN_ROWS_PER_PARTITION = 25_000;
    private static final long MAX_ROWS_PER_PARTITION = 1_000_000;

    private final SparkSession session;
    private final Arguments arguments;

    private GenerateTitles(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(GenerateTitles::create, arguments);
    }

    private static GenerateTitles create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new GenerateTitles(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        long seed = arguments.seed();
        int repeats = arguments.repeats();
        Dataset<Row> reviews = session.range(
                        0,
                        arguments.rows(),
                        1,
                        Partitioning.partitionCount(
                                session, arguments.rows(), MIN_ROWS_PER_PARTITION, MAX_ROWS_PER_PARTITION))
                .mapPartitions(
                        (MapPartitionsFunction<Long, Row>) rows -> new SampleReviews(seed, repeats).of(rows),
                        Encoders.row(SampleReviews.SCHEMA));
        output.writeParquet(reviews);
    }

    /** There is nothing but the arguments. */
    @Override
    public void check() {}

    record Arguments(long rows, long seed, int repeats, String output) {
        private static final List<String> KNOWN = List.of("--rows", "--seed", "--repeats", "--output");

        Arguments {
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.wholeNumberOr("--rows", 100_000, 0, Long.MAX_VALUE),
                    flags.wholeNumberOr("--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                    (int) flags.wholeNumberOr("--repeats", 50, 0, 95),
                    flags.required("--output"));
        }
    }
}
