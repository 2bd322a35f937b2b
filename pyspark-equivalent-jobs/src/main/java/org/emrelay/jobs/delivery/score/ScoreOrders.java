package org.emrelay.jobs.delivery.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.round;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;
import org.emrelay.jobs.delivery.features.FeaturePipeline;
import org.emrelay.jobs.delivery.tables.OrderReader;
import org.emrelay.jobs.delivery.train.ModelCard;
import org.emrelay.jobs.learning.FeatureNames;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.jobs.learning.SavedPipeline;
import org.emrelay.tables.Flags;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.TableFormat;
import org.emrelay.tables.TextFile;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/** Predicts the delivery days of open orders and the probability that they arrive late. */
public final class ScoreOrders implements Job {
    private final SparkSession session;
    private final Arguments arguments;

    private ScoreOrders(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(ScoreOrders::create, arguments);
    }

    private static ScoreOrders create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new ScoreOrders(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        Dataset<Row> orders = orders().cache();
        Dataset<Row> features = FeaturePipeline.transform(
                FeaturePipeline.load(arguments.pipelineModel()),
                orders.where(col(OrderReader.PROBLEM).isNull()).drop(OrderReader.PROBLEM));
        Dataset<Row> scored = scored(features).cache();
        output.subdirectory("predictions").writeParquet(scored);
        output.writeCsv("predictions.csv", scored);
        Dataset<Row> notScored =
                orders.where(col(OrderReader.PROBLEM).isNotNull()).select("order_id", OrderReader.PROBLEM);
        output.writeCsv("not_scored.csv", notScored);
        report(scored.count(), notScored.count(), output);
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.orders(), orders -> orders());
    }

    private Dataset<Row> orders() {
        OrderReader reader = new OrderReader(session);
        return reader.readOpen("--orders", arguments.orders(), arguments.format(), () -> {
            String products = arguments
                    .productDescriptions()
                    .orElseThrow(() -> new UserFault("--product-descriptions is required, because " + arguments.orders()
                            + " has no product columns."));
            return reader.readProducts("--product-descriptions", products, arguments.format());
        });
    }

    private Dataset<Row> scored(Dataset<Row> features) {
        SavedPipeline model = SavedPipeline.load("--model", arguments.model());
        String text = TextFile.read(session, "--model", arguments.model() + "/" + ModelCard.FILE);
        ModelCard card = ModelCard.parse("--model", arguments.model(), text);
        List<String> names = FeatureNames.of(features, DeliveryFeatureColumns.FEATURES);
        if (!card.features().equals(names)) {
            throw new UserFault("--model: " + arguments.model() + " was trained on "
                    + card.features().size()
                    + " features that differ from the " + names.size() + " of --pipeline-model "
                    + arguments.pipelineModel() + ". Pass the model and the pipeline of the same run.");
        }
        return model.transform("--model", features, "predicted_days")
                .select(
                        col("order_id"),
                        col("order_date"),
                        col("carrier"),
                        col(DeliveryFeatureColumns.EXPECTED),
                        round(col("predicted_days"), 2).as("predicted_days"),
                        date_add(col("order_date"), round(col("predicted_days")).cast("int"))
                                .as("predicted_arrival"),
                        round(col("late_probability"), 4).as("late_probability"));
    }

    private static void report(long scored, long notScored, OutputDirectory output) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("scored", scored);
        report.put("not_scored", notScored);
        output.writeText("report.json", JsonText.of(report));
        System.out.println("Scored " + scored + " orders"
                + (notScored == 0 ? "." : "; skipped " + notScored + ", listed with the reason in not_scored.csv."));
        System.out.flush();
    }

    record Arguments(
            String orders,
            @Nullable String requestedProducts,
            @Nullable TableFormat requestedFormat,
            String pipelineModel,
            String model,
            String output) {
        private static final List<String> KNOWN =
                List.of("--orders", "--product-descriptions", "--format", "--pipeline-model", "--model", "--output");

        Arguments {
            Objects.requireNonNull(orders, "orders");
            Objects.requireNonNull(pipelineModel, "pipelineModel");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(
                    flags.required("--orders"),
                    flags.optional("--product-descriptions").orElse(null),
                    TableFormat.of(flags, "--format").orElse(null),
                    flags.required("--pipeline-model"),
                    flags.required("--model"),
                    flags.required("--output"));
        }

        Optional<String> productDescriptions() {
            return Optional.ofNullable(requestedProducts);
        }

        Optional<TableFormat> format() {
            return Optional.ofNullable(requestedFormat);
        }
    }
}
