package org.emrelay.jobs.classification.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.random.Dice;
import org.emrelay.jobs.classification.ClassificationFolder;
import org.emrelay.jobs.classification.Members;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.learning.Ranking;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where labels are dealt out by dice nothing can be foretold: whoever still foretells it has seen what he must not. */
@ExtendWith(LocalSpark.class)
class ShuffledLabelsTest {
    @TempDir
    private Path directory;

    @Test
    void leaveTheAreaAtAHalfOnRowsThatNobodyHasSeen() {
        List<Row> rows = new ArrayList<>();
        for (Row member : Members.table(900).collectAsList()) {
            Object[] values = new Object[member.size()];
            for (int place = 0; place < values.length; place++) {
                values[place] = member.get(place);
            }
            values[1] = new Dice(3, 3, rows.size()).percent(40) ? "yes" : "no";
            rows.add(RowFactory.create(values));
        }
        ClassificationFolder folder = new ClassificationFolder(directory)
                .write("shuffled", LocalSpark.session().createDataFrame(rows, Members.SCHEMA));
        TrainedModels trained = folder.train(
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
            List<Row> said = trained.model(name)
                    .transform("test", trained.heldOut(), ModelColumns.CHANCE)
                    .select(ModelColumns.CHANCE, ModelColumns.LABEL)
                    .collectAsList();
            double[] chances =
                    said.stream().mapToDouble(row -> row.getDouble(0)).toArray();
            boolean[] positive = new boolean[chances.length];
            for (int row = 0; row < positive.length; row++) {
                positive[row] = said.get(row).getDouble(1) > 0;
            }
            Ranking ranking = Ranking.of(chances, positive);
            // Of an area of a half: the square root of (n + 1) / 12 p q.
            double deviation = Math.sqrt((chances.length + 1.0) / (12.0 * ranking.positives() * ranking.negatives()));
            assertThat(ranking.auc()).as(name).isBetween(0.5 - 2.6 * deviation, 0.5 + 2.6 * deviation);
        }
    }
}
