package org.emrelay.jobs.classification.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.classification.ClassificationFixture;
import org.emrelay.jobs.classification.Members;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.learning.Ranking;
import org.emrelay.jobs.random.KeyedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Trains on random labels: a model that predicts them must have seen leaked information. */
@ExtendWith(LocalSpark.class)
class TrainingLeakageTest {
    @TempDir
    private Path directory;

    @Test
    void randomLabelsGiveAHeldOutAucOfOneHalf() {
        List<Row> rows = new ArrayList<>();
        for (Row member : Members.table(900).collectAsList()) {
            Object[] values = new Object[member.size()];
            for (int index = 0; index < values.length; index++) {
                values[index] = member.get(index);
            }
            values[1] = new KeyedRandom(3, 3, rows.size()).nextBoolean(40) ? "yes" : "no";
            rows.add(RowFactory.create(values));
        }
        ClassificationFixture fixture = new ClassificationFixture(directory)
                .write("shuffled", LocalSpark.session().createDataFrame(rows, Members.SCHEMA));
        TrainedModels trained = fixture.train(
                "shuffled",
                "out",
                "--models",
                "lr,gbt",
                "--folds",
                "2",
                "--test-share",
                "0.5",
                "--grids",
                "{\"lr\": {\"regParam\": 0.01}, \"gbt\": {\"maxIter\": 5, \"maxDepth\": 4}}");

        for (String name : List.of("lr", "gbt")) {
            List<Row> predictions = trained.model(name)
                    .transform("test", trained.heldOut(), ModelColumns.PROBABILITY)
                    .select(ModelColumns.PROBABILITY, ModelColumns.LABEL)
                    .collectAsList();
            double[] probabilities =
                    predictions.stream().mapToDouble(row -> row.getDouble(0)).toArray();
            boolean[] positive = new boolean[probabilities.length];
            for (int row = 0; row < positive.length; row++) {
                positive[row] = predictions.get(row).getDouble(1) > 0;
            }
            Ranking ranking = Ranking.of(probabilities, positive);
            // The standard deviation of the AUC under the null hypothesis.
            double deviation =
                    Math.sqrt((probabilities.length + 1.0) / (12.0 * ranking.positives() * ranking.negatives()));
            assertThat(ranking.auc()).as(name).isBetween(0.5 - 2.6 * deviation, 0.5 + 2.6 * deviation);
        }
    }
}
