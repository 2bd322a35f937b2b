package org.emrelay.jobs.topics.model;

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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.random.KeyedRandom;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class FindTopicsTest {
    private static final StructType POSTS = new StructType()
            .add("id", DataTypes.StringType)
            .add("time", DataTypes.TimestampType)
            .add("hour", DataTypes.StringType)
            .add("text", DataTypes.StringType)
            .add("lang", DataTypes.StringType);
    private static final StructType DUPLICATES = new StructType()
            .add("id", DataTypes.StringType)
            .add("time", DataTypes.TimestampType)
            .add("hour", DataTypes.StringType)
            .add("original", DataTypes.StringType)
            .add("rule", DataTypes.StringType);
    private static final List<List<String>> TOPICS = List.of(
            List.of("rocket", "launch", "orbit", "booster", "engine", "astronaut", "capsule", "satellite"),
            List.of("bread", "flour", "oven", "dough", "salt", "yeast", "crust", "bakery"));
    private static final Timestamp TIME = Timestamp.from(Instant.parse("2026-11-20T13:05:00Z"));

    @TempDir
    private Path directory;

    private final List<Row> posts = new ArrayList<>();
    private final List<Row> duplicates = new ArrayList<>();

    private void post(String id, String text) {
        posts.add(RowFactory.create(id, TIME, "2026-11-20T13", text, "en"));
    }

    private void knownPosts(int count) {
        KeyedRandom random = new KeyedRandom(1, 0, 0);
        for (int post = 0; post < count; post++) {
            List<String> words = TOPICS.get(post % 2);
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 6; word++) {
                text.append(words.get(random.nextBelow(words.size()))).append(' ');
            }
            post((post % 2 == 0 ? "space" : "bread") + post, text.toString());
        }
    }

    private void find(String... flags) {
        LocalSpark.session().createDataFrame(posts, POSTS).write().parquet(uri("in/posts"));
        LocalSpark.session().createDataFrame(duplicates, DUPLICATES).write().parquet(uri("in/duplicates"));
        List<String> arguments =
                new ArrayList<>(List.of("--posts", uri("in"), "--output", uri("out"), "--language", "en"));
        arguments.addAll(List.of(flags));
        FindTopics.main(arguments.toArray(String[]::new));
    }

    private String uri(String name) {
        return "file:" + directory.resolve(name);
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper()
                .readTree(Files.readString(directory.resolve("out").resolve(name)));
    }

    private List<Row> assignments() {
        return LocalSpark.session()
                .read()
                .parquet(uri("out/assignments"))
                .orderBy("id")
                .collectAsList();
    }

    @Test
    void everyPostGetsItsTopicDuplicatesIncluded() throws IOException {
        knownPosts(200);
        post("empty", "https://t.co/x 😀");
        duplicates.add(RowFactory.create("again", TIME, "2026-11-20T13", "space0", "repost"));
        duplicates.add(RowFactory.create("empty-again", TIME, "2026-11-20T13", "empty", "same_text"));

        find("--topics", "2", "--max-share", "0.9", "--iterations", "40");

        List<Row> assignments = assignments();
        assertThat(assignments).hasSize(203);
        assertThat(topicsOf(assignments, "space")).hasSize(1).isNotEqualTo(topicsOf(assignments, "bread"));
        assertThat(topicsOf(assignments, "bread")).hasSize(1);
        assertThat(row(assignments, "again").<Integer>getAs("topic"))
                .isEqualTo(row(assignments, "space0").<Integer>getAs("topic"));
        assertThat(row(assignments, "again").<String>getAs("duplicate_of")).isEqualTo("space0");
        for (String none : List.of("empty", "empty-again")) {
            assertThat(row(assignments, none).<Integer>getAs("topic")).isNull();
            assertThat(row(assignments, none).<String>getAs("name")).isEqualTo("none");
        }
        JsonNode topics = json("topics.json");
        assertThat(topics.path("posts").asInt()).isEqualTo(201);
        assertThat(topics.path("none").asInt()).isEqualTo(1);
        assertThat(topics.path("duplicates").asInt()).isEqualTo(2);
        assertThat(topics.path("topics").size()).isEqualTo(2);
        assertThat(topics.path("topics").get(0).path("examples").size()).isGreaterThan(5);
        assertThat(json("prevalence.json").path("posts").toString()).isIn("[[101,100,2]]", "[[100,101,2]]");
    }

    private static List<Integer> topicsOf(List<Row> assignments, String prefix) {
        return assignments.stream()
                .filter(row -> row.<String>getAs("id").startsWith(prefix))
                .map(row -> row.<Integer>getAs("topic"))
                .distinct()
                .toList();
    }

    private static Row row(List<Row> assignments, String id) {
        return assignments.stream()
                .filter(row -> row.<String>getAs("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void choosesTheNumberOfTopicsAndNamesThem() throws IOException {
        knownPosts(200);
        Files.writeString(directory.resolve("names"), "# my names\nrocket: Spaceflight\n");

        find("--topics", "auto", "--max-topics", "4", "--names", uri("names"), "--max-share", "1");

        JsonNode topics = json("topics.json");
        assertThat(topics.path("selection").path("chosen").asInt()).isEqualTo(2);
        assertThat(topics.path("selection").path("candidates").size()).isEqualTo(3);
        assertThat(topics.path("topics").findValuesAsText("name")).contains("Spaceflight");
    }

    @Test
    void savedModelAssignsTheSameTopics() {
        knownPosts(100);
        find("--topics", "2", "--bigrams", "--idf");

        SavedTopics saved = SavedTopics.read(LocalSpark.session(), "--topics", uri("out"));
        Dataset<Row> again =
                TopicAssigner.assign(LocalSpark.session(), LocalSpark.session().createDataFrame(posts, POSTS), saved);

        assertThat(again.orderBy("id").select("topic", "probability").collectAsList())
                .isEqualTo(LocalSpark.session()
                        .read()
                        .parquet(uri("out/assignments"))
                        .orderBy("id")
                        .select("topic", "probability")
                        .collectAsList());
        assertThatThrownBy(() -> SavedTopics.read(LocalSpark.session(), "--topics", uri("in")))
                .isInstanceOf(UserFault.class)
                .hasMessageContaining("has no model: expected ");
    }

    @Test
    void sparksMethodsFindTheTopicsToo() {
        knownPosts(60);

        find("--topics", "2", "--method", "online", "--iterations", "5", "--max-share", "1");

        assertThat(assignments()).hasSize(60);
    }

    @Test
    void findsTopicsByExpectationMaximizationWithoutALongLineage() {
        knownPosts(60);

        find("--topics", "2", "--method", "em", "--iterations", "11", "--max-share", "1");

        assertThat(assignments()).hasSize(60);
        assertThat(directory.resolve("out/_checkpoints")).doesNotExist();
    }

    @Test
    void rejectsTooFewPosts() {
        post("one", "rocket launch");
        assertThatThrownBy(() -> find("--topics", "2"))
                .isInstanceOf(UserFault.class)
                .hasMessage("The vocabulary of the 1 posts has 0 terms, too few for topics: a term must occur in at"
                        + " least 3 posts and in at most 50 % of them. Lower --min-posts or --min-length, or raise"
                        + " --max-share.");
    }

    @Test
    void rejectsMoreTopicsThanPosts() {
        knownPosts(8);
        assertThatThrownBy(() -> find("--topics", "20", "--min-posts", "1", "--max-share", "1"))
                .isInstanceOf(UserFault.class)
                .hasMessage("Only 8 of 8 posts have at least 2 words of the vocabulary, too few for 20 topics. Lower"
                        + " --topics, --min-words or --min-posts.");
    }
}
