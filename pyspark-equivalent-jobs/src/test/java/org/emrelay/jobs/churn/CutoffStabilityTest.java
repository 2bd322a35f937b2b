package org.emrelay.jobs.churn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.churn.clean.CleanEvents;
import org.emrelay.jobs.churn.events.GenerateEvents;
import org.emrelay.jobs.churn.features.BuildUserFeatures;
import org.emrelay.jobs.classification.train.TrainClassifiers;
import org.emrelay.jobs.learning.Bootstrap;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.RankedRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that the AUC does not depend on the cutoff date.
 *
 * <p>Otherwise features or labels of that date would be wrong.
 */
@ExtendWith(LocalSpark.class)
class CutoffStabilityTest {
    @TempDir
    private Path directory;

    @Test
    void anotherCutoffGivesAnAucWithinTheConfidenceIntervalOfTheFirst() {
        GenerateEvents.main(new String[] {"--users", "700", "--days", "54", "--seed", "3", "--output", path("events")});
        CleanEvents.main(new String[] {"--events", path("events/log"), "--output", path("clean")});

        Interval first = aucInterval("2018-11-03");

        assertThat(first.estimate()).isBetween(0.65, 0.95);
        assertThat(first.high() - first.low()).isLessThan(0.25);
        for (String cutoff : List.of("2018-10-29", "2018-11-08")) {
            assertThat(aucInterval(cutoff).estimate()).as(cutoff).isBetween(first.low(), first.high());
        }
    }

    /** Returns the AUC of out-of-fold predictions with its confidence interval. */
    private Interval aucInterval(String cutoff) {
        BuildUserFeatures.main(new String[] {
            "--events", path("clean"), "--cutoff", cutoff, "--window", "15", "--output", path(cutoff + "/features")
        });
        TrainClassifiers.main(new String[] {
            "--table",
            path(cutoff + "/features/users"),
            "--id",
            "user_id",
            "--label",
            "label",
            "--models",
            "lr",
            "--grids",
            "{\"lr\": {\"regParam\": 0.1}}",
            "--folds",
            "2",
            "--test-share",
            "0.01",
            "--output",
            path(cutoff + "/train")
        });
        List<Row> predictions = LocalSpark.session()
                .read()
                .parquet(path(cutoff + "/train/out-of-fold"))
                .orderBy("id")
                .select("probability", "label")
                .collectAsList();
        double[] probabilities =
                predictions.stream().mapToDouble(row -> row.getDouble(0)).toArray();
        boolean[] hasChurned = new boolean[probabilities.length];
        int[] users = new int[probabilities.length];
        for (int index = 0; index < users.length; index++) {
            users[index] = index;
            hasChurned[index] = predictions.get(index).getDouble(1) > 0;
        }
        RankedRows rows = RankedRows.of(probabilities, hasChurned);
        return Bootstrap.resample(
                        users, 1, times -> new double[] {rows.weighted(times).auc()})
                .interval(0);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
