package org.emrelay.jobs.topics.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class GeneratePostsTest {
    @TempDir
    private Path directory;

    private Path generate(String name, String... more) {
        Path output = directory.resolve(name);
        String[] arguments = new String[more.length + 2];
        System.arraycopy(more, 0, arguments, 0, more.length);
        arguments[more.length] = "--output";
        arguments[more.length + 1] = output.toString();
        GeneratePosts.main(arguments);
        return output;
    }

    private static List<String> lines(Path path) {
        return LocalSpark.session().read().textFile(path.toString()).collectAsList();
    }

    @Test
    void writesAFileForEachHourInXsForm() {
        Path output = generate("out", "--posts", "600", "--hours", "3", "--start", "2026-11-20T22");

        assertThat(output.resolve("posts").toFile().list((parent, name) -> name.endsWith("json.gz")))
                .containsExactlyInAnyOrder("2026-11-20T22.json.gz", "2026-11-20T23.json.gz", "2026-11-21T00.json.gz");
        assertThat(output.resolve("new").toFile().list((parent, name) -> name.endsWith("json.gz")))
                .containsExactlyInAnyOrder("2026-11-21T01.json.gz", "2026-11-21T02.json.gz");
        Dataset<Row> posts = LocalSpark.session().read().json(output + "/posts");
        assertThat(posts.count()).isEqualTo(600);
        assertThat(posts.where("data.referenced_tweets[0].type = 'retweeted' and data.text like 'RT @%'")
                        .count())
                .isBetween(20L, 100L);
        assertThat(posts.where("data.id is not null and not data.created_at like '2026-11-2%:%.___Z'")
                        .count())
                .isZero();
    }

    @Test
    void knowsTheTopicOfEveryPost() {
        Path output = generate("out", "--posts", "2000", "--hours", "2", "--topics", "3");
        Dataset<Row> truth =
                LocalSpark.session().read().option("header", "true").csv(output + "/truth");
        Dataset<Row> ids = LocalSpark.session()
                .read()
                .json(output + "/posts", output + "/new")
                .where("data.id is not null")
                .selectExpr("data.id")
                .distinct();

        assertThat(truth.count())
                .isEqualTo(truth.select("id").distinct().count())
                .isEqualTo(ids.count());
        assertThat(ids.join(truth, "id").count()).isEqualTo(ids.count());
        assertThat(truth.select("topic").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("space flight", "cooking", "football", "cinema", "none");
        assertThat(LocalSpark.session()
                        .read()
                        .option("header", "true")
                        .csv(output + "/truth/2026-11-20T00.csv")
                        .where("topic = 'cinema'")
                        .count())
                .as("the new topic in an earlier hour")
                .isZero();
    }

    @Test
    void writesTheSameForTheSameSeedOnly() {
        String[] size = {"--posts", "300", "--hours", "2", "--seed", "7"};
        List<String> first = lines(generate("first", size).resolve("posts"));

        assertThat(lines(generate("again", size).resolve("posts"))).isEqualTo(first);
        size[5] = "8";
        assertThat(lines(generate("other", size).resolve("posts"))).isNotEqualTo(first);
    }

    @Test
    void theMixOfTopicsDrifts() {
        PostTimeline timeline = new PostTimeline(494_000, 24, 24_000);
        SamplePosts posts = new SamplePosts(1, timeline, 4);

        Map<String, Long> morning = topics(posts, timeline, 6);
        Map<String, Long> evening = topics(posts, timeline, 18);

        assertThat(morning.get("space flight")).isGreaterThan(2 * evening.get("space flight"));
        assertThat(evening.get("football")).isGreaterThan(2 * morning.get("football"));
        assertThat(topics(posts, timeline, 24).get("gardening")).isGreaterThan(150);
    }

    private static Map<String, Long> topics(SamplePosts posts, PostTimeline timeline, int hour) {
        return LongStream.range(0, timeline.lines(hour))
                .mapToObj(number -> posts.line(hour, number).topic())
                .collect(Collectors.groupingBy(topic -> topic, Collectors.counting()));
    }

    @Test
    void everyHourHasItsShareOfAllLines() {
        PostTimeline timeline = new PostTimeline(494_000, 100, 12_345);

        assertThat(IntStream.range(0, 100).mapToLong(timeline::lines).sum()).isEqualTo(12_345);
    }

    @Test
    void hasEnoughWordsForEachTopic() {
        assertThat(SampleTopic.all())
                .hasSizeGreaterThan(12)
                .allSatisfy(topic -> assertThat(topic.terms())
                        .as(topic.name())
                        .hasSizeGreaterThan(55)
                        .doesNotHaveDuplicates());
    }

    @Test
    void rejectsAnInvalidStart() {
        assertThatThrownBy(() -> generate("out", "--start", "2026-11-20"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--start must be an hour such as 2026-11-20T00, not '2026-11-20'.");
    }
}
