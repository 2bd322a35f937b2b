package org.emrelay.jobs.delivery.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;
import org.emrelay.jobs.learning.SavedPipeline;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;

/** Trains and saves a delivery model, and evaluates it against the carrier's estimate. */
public final class TrainModel implements Job {
    private final SparkSession session;
    private final TrainModelArguments arguments;

    private TrainModel(SparkSession session, TrainModelArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(TrainModel::create, arguments);
    }

    private static TrainModel create(String[] arguments) {
        TrainModelArguments parsed = TrainModelArguments.parse(arguments);
        return new TrainModel(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        FeatureTables tables = FeatureTables.read(session, arguments.training(), arguments.validation());
        SavedPipeline model = fit(tables, output);
        Dataset<Row> training = predicted(model, tables.training());
        Dataset<Row> validation = predicted(model, tables.validation());
        output.subdirectory("predictions").writeCsv("training.csv", reportedColumns(training));
        output.subdirectory("predictions").writeCsv("validation.csv", reportedColumns(validation));
        DeliveryEvaluation evaluation = DeliveryEvaluation.of(arguments, training, validation, model);
        output.writeText("metrics.json", evaluation.json());
        output.writeText("metrics.csv", evaluation.csv());
        ValidationBreakdown breakdown = ValidationBreakdown.of(validation, arguments.graceDays());
        output.writeText("report.html", new DeliveryPage(evaluation, breakdown).html());
        evaluation.print(output.path() + "/report.html");
    }

    @Override
    public void check() {
        Job.ifExists(
                session,
                arguments.training(),
                training -> Job.ifExists(
                        session,
                        arguments.validation(),
                        validation -> FeatureTables.read(session, training, validation)));
    }

    private SavedPipeline fit(FeatureTables tables, OutputDirectory output) {
        OutputDirectory directory = output.subdirectory("model");
        PipelineModel fitted = new DeliveryTrainer(arguments).fit(tables.training());
        try {
            fitted.save(directory.path().toString());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot save the model to " + directory.path(), failed);
        }
        ModelCard card = new ModelCard(
                tables.names(), arguments.graceDays(), arguments.modelType().toString());
        directory.writeText(ModelCard.FILE, card.json());
        return new SavedPipeline(fitted, directory.path().toString());
    }

    private static Dataset<Row> predicted(SavedPipeline model, Dataset<Row> table) {
        return model.transform("the model", table, DeliveryTrainer.PREDICTED).cache();
    }

    private static Dataset<Row> reportedColumns(Dataset<Row> predicted) {
        return predicted.select(Stream.concat(
                        DeliveryFeatureColumns.REPORTED.stream(),
                        Stream.of(
                                DeliveryFeatureColumns.EXPECTED,
                                DeliveryFeatureColumns.ACTUAL,
                                DeliveryTrainer.PREDICTED,
                                DeliveryTrainer.LATE_PROBABILITY))
                .map(functions::col)
                .toArray(Column[]::new));
    }
}
