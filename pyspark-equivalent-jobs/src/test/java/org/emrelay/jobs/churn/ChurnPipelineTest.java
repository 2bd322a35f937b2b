package org.emrelay.jobs.churn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.churn.clean.CleanEvents;
import org.emrelay.jobs.churn.events.GenerateEvents;
import org.emrelay.jobs.churn.features.BuildUserFeatures;
import org.emrelay.jobs.churn.score.ScoreUsers;
import org.emrelay.jobs.classification.evaluate.EvaluateClassifiers;
import org.emrelay.jobs.classification.train.TrainClassifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs all steps of the pipeline in order. */
@ExtendWith(LocalSpark.class)
class ChurnPipelineTest {
    @TempDir
    Path directory;

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void producesAReportAndScoresWithReasons() throws IOException {
        GenerateEvents.main(new String[] {"--users", "120", "--days", "40", "--seed", "2", "--output", path("events")});
        CleanEvents.main(new String[] {"--events", path("events/log"), "--output", path("clean")});
        BuildUserFeatures.main(new String[] {"--events", path("clean"), "--output", path("features")});
        TrainClassifiers.main(new String[] {
            "--table",
            path("features/users"),
            "--id",
            "user_id",
            "--label",
            "label",
            "--models",
            "lr",
            "--folds",
            "2",
            "--output",
            path("train")
        });
        EvaluateClassifiers.main(new String[] {
            "--training",
            path("train"),
            "--exploration",
            path("features"),
            "--subject",
            "users",
            "--event",
            "churn",
            "--output",
            path("evaluate")
        });
        for (String events : List.of("clean", "events/log")) {
            String scores = "scores-of-" + events.replace('/', '-');
            ScoreUsers.main(new String[] {
                "--events",
                path(events),
                "--settings",
                path("features"),
                "--training",
                path("train"),
                "--output",
                path(scores)
            });
        }

        assertThat(Files.readString(directory.resolve("evaluate/report.html"))).contains("<h1>Which users churn?</h1>");
        List<Row> scored = scores("scores-of-clean").collectAsList();
        JsonNode report = new ObjectMapper()
                .readTree(directory.resolve("scores-of-clean/report.json").toFile());
        assertThat(report.path("scored").asInt()).isEqualTo(scored.size()).isGreaterThan(60);
        int excluded = 0;
        for (JsonNode count : report.path("left_out")) {
            excluded += count.asInt();
        }
        assertThat(report.path("users").asInt()).isEqualTo(scored.size() + excluded);
        assertThat(report.path("left_out").path("already churned").asInt()).isPositive();
        assertThat(report.has("dropped")).isFalse();
        assertThat(new ObjectMapper()
                        .readTree(directory
                                .resolve("scores-of-events-log/report.json")
                                .toFile())
                        .path("dropped")
                        .path("empty user")
                        .asInt())
                .isPositive();
        assertThat(scored)
                .extracting(row -> row.<Double>getAs("probability"))
                .allMatch(probability -> probability >= 0 && probability <= 1)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(scored.get(0).<String>getAs("reason_1")).matches("[a-z_0-9]+ .* \\(typical .*\\)");
        assertThat(scores("scores-of-events-log").collectAsList())
                .as("a raw log gets the same scores as a cleaned one")
                .isEqualTo(scored);
        assertThat(Files.readAllLines(directory.resolve("scores-of-clean/scores.csv"))
                        .get(1))
                .startsWith(scored.get(0).getString(0) + ",");
    }

    private Dataset<Row> scores(String name) {
        Dataset<Row> scores = LocalSpark.session()
                .read()
                .parquet(directory.resolve(name).resolve("scores").toString());
        return scores.orderBy(scores.col("probability").desc(), scores.col("user_id"));
    }
}
