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

/** The steps one after another, as the pipeline chains them. */
@ExtendWith(LocalSpark.class)
class ChurnPipelineTest {
    @TempDir
    Path folder;

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void goesFromEventsToAPageAndToScoresWithReasons() throws IOException {
        GenerateEvents.main(new String[] {"--users", "120", "--days", "40", "--seed", "2", "--output", at("events")});
        CleanEvents.main(new String[] {"--events", at("events/log"), "--output", at("clean")});
        BuildUserFeatures.main(new String[] {"--events", at("clean"), "--output", at("features")});
        TrainClassifiers.main(new String[] {
            "--table",
            at("features/users"),
            "--id",
            "user_id",
            "--label",
            "label",
            "--models",
            "lr",
            "--folds",
            "2",
            "--output",
            at("train")
        });
        EvaluateClassifiers.main(new String[] {
            "--training",
            at("train"),
            "--exploration",
            at("features"),
            "--subject",
            "users",
            "--event",
            "leave",
            "--output",
            at("evaluate")
        });
        for (String events : List.of("clean", "events/log")) {
            String scores = "scores-of-" + events.replace('/', '-');
            ScoreUsers.main(new String[] {
                "--events", at(events), "--settings", at("features"), "--training", at("train"), "--output", at(scores)
            });
        }

        assertThat(Files.readString(folder.resolve("evaluate/report.html"))).contains("<h1>Which users leave?</h1>");
        List<Row> scored = scores("scores-of-clean").collectAsList();
        JsonNode report = new ObjectMapper()
                .readTree(folder.resolve("scores-of-clean/report.json").toFile());
        assertThat(report.path("scored").asInt()).isEqualTo(scored.size()).isGreaterThan(60);
        int leftOut = 0;
        for (JsonNode count : report.path("left_out")) {
            leftOut += count.asInt();
        }
        assertThat(report.path("users").asInt()).isEqualTo(scored.size() + leftOut);
        assertThat(report.path("left_out").path("churned already").asInt()).isPositive();
        assertThat(report.has("dropped")).isFalse();
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("scores-of-events-log/report.json")
                                .toFile())
                        .path("dropped")
                        .path("empty user")
                        .asInt())
                .isPositive();
        assertThat(scored)
                .extracting(row -> row.<Double>getAs("probability"))
                .allMatch(chance -> chance >= 0 && chance <= 1)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(scored.get(0).<String>getAs("reason_1")).matches("[a-z_0-9]+ .* \\(typical .*\\)");
        assertThat(scores("scores-of-events-log").collectAsList())
                .as("a log that is cleaned on the way is scored as one that was cleaned before")
                .isEqualTo(scored);
        assertThat(Files.readAllLines(folder.resolve("scores-of-clean/scores.csv"))
                        .get(1))
                .startsWith(scored.get(0).getString(0) + ",");
    }

    private Dataset<Row> scores(String name) {
        Dataset<Row> scores = LocalSpark.session()
                .read()
                .parquet(folder.resolve(name).resolve("scores").toString());
        return scores.orderBy(scores.col("probability").desc(), scores.col("user_id"));
    }
}
