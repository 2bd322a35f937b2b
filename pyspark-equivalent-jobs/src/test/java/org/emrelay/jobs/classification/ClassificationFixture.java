package org.emrelay.jobs.classification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.classification.models.TrainingCard;
import org.emrelay.jobs.classification.score.ScoreRows;
import org.emrelay.jobs.classification.train.TrainClassifiers;

/** A directory of test tables, on which tests run the classification jobs. */
public record ClassificationFixture(Path directory) {

    public String uri(String name) {
        return directory.resolve(name).toUri().toString();
    }

    public ClassificationFixture write(String name, Dataset<Row> table) {
        table.write().parquet(uri(name));
        return this;
    }

    public TrainedModels train(String table, String output, String... flags) {
        List<String> arguments = new ArrayList<>(
                List.of("--table", uri(table), "--id", "member", "--label", "left", "--output", uri(output)));
        arguments.addAll(List.of(flags));
        TrainClassifiers.main(arguments.toArray(String[]::new));
        return trained(output);
    }

    public TrainedModels trained(String output) {
        return TrainedModels.load(LocalSpark.session(), "--training", uri(output));
    }

    public ClassificationFixture score(String table, String training, String output, String... flags) {
        List<String> arguments =
                new ArrayList<>(List.of("--table", uri(table), "--training", uri(training), "--output", uri(output)));
        arguments.addAll(List.of(flags));
        ScoreRows.main(arguments.toArray(String[]::new));
        return this;
    }

    public Dataset<Row> parquet(String name) {
        return LocalSpark.session().read().parquet(uri(name));
    }

    public String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String card(String training) {
        // Durations differ between runs.
        return read(training + "/" + TrainingCard.FILE).replaceAll("\"seconds\" : [\\d.]+", "\"seconds\" : 0");
    }
}
