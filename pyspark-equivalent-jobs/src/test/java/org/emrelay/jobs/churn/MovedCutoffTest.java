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

/** Whether what a model can tell hangs on the day at which its users are looked at: then something would be wrong with that day. */
@ExtendWith(LocalSpark.class)
class MovedCutoffTest {
    @TempDir
    private Path folder;

    @Test
    void anotherCutoffGivesAResultWithinTheIntervalOfTheFirst() {
        GenerateEvents.main(new String[] {"--users", "700", "--days", "54", "--seed", "3", "--output", at("events")});
        CleanEvents.main(new String[] {"--events", at("events/log"), "--output", at("clean")});

        Interval first = areaWith("2018-11-03");

        assertThat(first.figure()).isBetween(0.65, 0.95);
        assertThat(first.high() - first.low()).isLessThan(0.25);
        for (String cutoff : List.of("2018-10-29", "2018-11-08")) {
            assertThat(areaWith(cutoff).figure()).as(cutoff).isBetween(first.low(), first.high());
        }
    }

    /** Of what is said of users by models that have not seen them. */
    private Interval areaWith(String cutoff) {
        BuildUserFeatures.main(new String[] {
            "--events", at("clean"), "--cutoff", cutoff, "--window", "15", "--output", at(cutoff + "/features")
        });
        TrainClassifiers.main(new String[] {
            "--table",
            at(cutoff + "/features/users"),
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
            at(cutoff + "/train")
        });
        List<Row> said = LocalSpark.session()
                .read()
                .parquet(at(cutoff + "/train/out-of-fold"))
                .orderBy("id")
                .select("chance", "label")
                .collectAsList();
        double[] chances = said.stream().mapToDouble(row -> row.getDouble(0)).toArray();
        boolean[] hasLeft = new boolean[chances.length];
        int[] users = new int[chances.length];
        for (int user = 0; user < users.length; user++) {
            users[user] = user;
            hasLeft[user] = said.get(user).getDouble(1) > 0;
        }
        RankedRows rows = RankedRows.of(chances, hasLeft);
        return Bootstrap.ofRows(
                        users, 1, times -> new double[] {rows.counting(times).auc()})
                .interval(0);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
