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
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.delivery.features.DeliveryFeatureColumns;
import org.emrelay.jobs.learning.SavedPipeline;

/** Trains a model, saves it, and says how good it is beside the carrier's own estimate. */
public final class TrainModel {
    private final SparkSession session;
    private final TrainModelArguments arguments;

    private TrainModel(SparkSession session, TrainModelArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        create(arguments).run();
    }

    private static TrainModel create(String[] arguments) {
        TrainModelArguments parsed = TrainModelArguments.parse(arguments);
        return new TrainModel(SparkSession.builder().getOrCreate(), parsed);
    }

    private void run() {
        OutputDirectory output = OutputDirectory.empty(session, "--output", arguments.output());
        FeatureTables tables = FeatureTables.read(session, arguments.training(), arguments.validation());
        SavedPipeline model = fit(tables, output);
        Dataset<Row> training = predicted(model, tables.training());
        Dataset<Row> validation = predicted(model, tables.validation());
        output.below("predictions").writeCsv("training.csv", shown(training));
        output.below("predictions").writeCsv("validation.csv", shown(validation));
        DeliveryEvaluation evaluation = DeliveryEvaluation.of(arguments, training, validation, model);
        output.writeText("metrics.json", evaluation.json());
        output.writeText("metrics.csv", evaluation.csv());
        PageFigures figures = PageFigures.of(validation, arguments.graceDays());
        output.writeText("report.html", new DeliveryPage(evaluation, figures).html());
        evaluation.print(output.path() + "/report.html");
    }

    private SavedPipeline fit(FeatureTables tables, OutputDirectory output) {
        OutputDirectory place = output.below("model");
        PipelineModel fitted = new Trainer(arguments).fit(tables.training());
        try {
            fitted.save(place.path().toString());
        } catch (IOException failed) {
            throw new UncheckedIOException("saving the model to " + place.path() + " failed", failed);
        }
        ModelCard card = new ModelCard(
                tables.names(), arguments.graceDays(), arguments.modelType().toString());
        place.writeText(ModelCard.FILE, card.json());
        return new SavedPipeline(fitted, place.path().toString());
    }

    private static Dataset<Row> predicted(SavedPipeline model, Dataset<Row> table) {
        return model.transform("the model", table, Trainer.PREDICTED).cache();
    }

    private static Dataset<Row> shown(Dataset<Row> predicted) {
        return predicted.select(Stream.concat(
                        DeliveryFeatureColumns.SHOWN.stream(),
                        Stream.of(
                                DeliveryFeatureColumns.EXPECTED, DeliveryFeatureColumns.ACTUAL, Trainer.PREDICTED, Trainer.LATE_CHANCE))
                .map(functions::col)
                .toArray(Column[]::new));
    }
}
