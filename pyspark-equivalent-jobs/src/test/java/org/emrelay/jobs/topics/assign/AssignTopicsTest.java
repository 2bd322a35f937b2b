package org.emrelay.jobs.topics.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.topics.model.FindTopics;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class AssignTopicsTest {
    private static final StructType POSTS =
            StructType.fromDDL("id string, time timestamp, hour string, text string, lang string");
    private static final StructType DUPLICATES =
            StructType.fromDDL("id string, time timestamp, hour string, original string, rule string");
    private static final Timestamp TIME = Timestamp.from(Instant.parse("2026-11-20T13:05:00Z"));
    private static final List<String> SPACE = List.of("rocket", "launch", "orbit", "booster");
    private static final List<String> BREAD = List.of("flour", "oven", "dough", "yeast");

    @TempDir
    private Path directory;

    @Test
    void newPostsGetTheTopicsOfTheSavedModel() throws IOException {
        write("old", posts(40, 40), List.of());
        FindTopics.main(new String[] {
            "--posts",
            uri("old"),
            "--output",
            uri("topics"),
            "--language",
            "en",
            "--topics",
            "2",
            "--max-share",
            "1",
            "--iterations",
            "40"
        });
        write("new", posts(30, 2), List.of(RowFactory.create("copy", TIME, "2026-11-20T13", "space0", "same_text")));

        AssignTopics.main(new String[] {"--posts", uri("new"), "--topics", uri("topics"), "--output", uri("out")});

        List<Row> assignments = LocalSpark.session()
                .read()
                .parquet(uri("out/assignments"))
                .orderBy("id")
                .collectAsList();
        assertThat(assignments).hasSize(33);
        assertThat(topicsOf(assignments, "space")).hasSize(1).isEqualTo(topicsOf(assignments, "copy"));
        assertThat(topicsOf(assignments, "bread")).hasSize(1).isNotEqualTo(topicsOf(assignments, "space"));
        JsonNode drift = new ObjectMapper().readTree(Files.readString(directory.resolve("out/drift.json")));
        assertThat(drift.path("drifted").asBoolean()).isTrue();
        assertThat(drift.path("before").path("by_topic").toString()).isEqualTo("[40,40]");
        assertThat(drift.path("now").path("by_topic").toString()).isIn("[30,2]", "[2,30]");
        assertThatThrownBy(() -> AssignTopics.main(
                        new String[] {"--posts", uri("old"), "--topics", uri("new"), "--output", uri("none")}))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("--topics: " + uri("new") + " has no model: expected ");
    }

    private static List<Row> posts(int space, int bread) {
        List<Row> posts = new ArrayList<>();
        for (int post = 0; post < space + bread; post++) {
            List<String> words = post < space ? SPACE : BREAD;
            String text = words.get(post % 4) + " " + words.get((post + 1 + post / 4 % 3) % 4) + " "
                    + words.get((post + 2) % 4);
            posts.add(RowFactory.create((post < space ? "space" : "bread") + post, TIME, "2026-11-20T13", text, "en"));
        }
        return posts;
    }

    private void write(String name, List<Row> posts, List<Row> duplicates) {
        LocalSpark.session().createDataFrame(posts, POSTS).write().parquet(uri(name + "/posts"));
        LocalSpark.session().createDataFrame(duplicates, DUPLICATES).write().parquet(uri(name + "/duplicates"));
    }

    private String uri(String name) {
        return "file:" + directory.resolve(name);
    }

    private static List<Integer> topicsOf(List<Row> assignments, String prefix) {
        return assignments.stream()
                .filter(row -> row.<String>getAs("id").startsWith(prefix))
                .map(row -> row.<Integer>getAs("topic"))
                .distinct()
                .toList();
    }
}
