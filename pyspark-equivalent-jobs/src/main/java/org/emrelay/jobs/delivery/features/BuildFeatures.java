package org.emrelay.jobs.delivery.features;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.delivery.tables.OrderReader;
import org.emrelay.jobs.learning.SavedPipeline;
import org.emrelay.tables.Flags;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.TableFormat;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/** Converts prepared orders to feature vectors, with a newly fitted or a saved pipeline. */
public final class BuildFeatures implements Job {
    private final SparkSession session;
    private final Arguments arguments;

    private BuildFeatures(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(BuildFeatures::create, arguments);
    }

    private static BuildFeatures create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new BuildFeatures(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        Dataset<Row> orders = orders();
        SavedPipeline pipeline =
                arguments.pipelineModel().map(FeaturePipeline::load).orElseGet(() -> fit(orders, output));
        output.subdirectory("features").writeParquet(FeaturePipeline.transform(pipeline, orders));
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.orders(), orders -> orders());
    }

    private Dataset<Row> orders() {
        Dataset<Row> orders = new OrderReader(session)
                .readDelivered("--orders", arguments.orders(), Optional.of(TableFormat.PARQUET), () -> {
                    throw new UserFault("--orders: " + arguments.orders()
                            + " has no product columns. Pass the output of the prepare step.");
                });
        return orders.where(col(OrderReader.PROBLEM).isNull()).drop(OrderReader.PROBLEM);
    }

    private SavedPipeline fit(Dataset<Row> orders, OutputDirectory output) {
        String path = output.subdirectory("pipeline-model").path().toString();
        SavedPipeline fitted = new SavedPipeline(FeaturePipeline.fit(orders, arguments.rareShare()), path);
        try {
            fitted.model().save(path);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot save the pipeline to " + path, failed);
        }
        return fitted;
    }

    record Arguments(String orders, @Nullable String requestedPipelineModel, double rareShare, String output) {
        private static final List<String> KNOWN = List.of("--orders", "--pipeline-model", "--rare-share", "--output");

        Arguments {
            Objects.requireNonNull(orders, "orders");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.required("--orders"),
                    flags.optional("--pipeline-model").orElse(null),
                    flags.numberOr("--rare-share", 0.01, 0.0001, 1),
                    flags.required("--output"));
        }

        Optional<String> pipelineModel() {
            return Optional.ofNullable(requestedPipelineModel);
        }
    }
}
