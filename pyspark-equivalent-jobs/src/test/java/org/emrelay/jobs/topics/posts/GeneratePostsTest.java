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

    @Test
    void writesPostsInXsFormatByHourWithTheirTopics() {
        Path output = generate("out", "--posts", "2000", "--hours", "2", "--topics", "3", "--start", "2026-11-20T23");
        Dataset<Row> posts = LocalSpark.session().read().json(output + "/posts", output + "/new");
        Dataset<Row> truth =
                LocalSpark.session().read().option("header", "true").csv(output + "/truth");
        Dataset<Row> ids =
                posts.where("data.id is not null").selectExpr("data.id").distinct();

        assertThat(names(output.resolve("posts")))
                .containsExactlyInAnyOrder("2026-11-20T23.json.gz", "2026-11-21T00.json.gz");
        assertThat(names(output.resolve("new")))
                .containsExactlyInAnyOrder("2026-11-21T01.json.gz", "2026-11-21T02.json.gz");
        assertThat(posts.count()).isEqualTo(4000);
        assertThat(posts.where("data.referenced_tweets[0].type = 'retweeted' and data.text like 'RT @%'")
                        .count())
                .isBetween(250L, 450L);
        assertThat(posts.where("data.id is not null and not data.created_at like '2026-11-2%:%.___Z'")
                        .count())
                .isZero();
        assertThat(truth.count())
                .isEqualTo(truth.select("id").distinct().count())
                .isEqualTo(ids.count())
                .isEqualTo(ids.join(truth, "id").count());
        assertThat(truth.select("topic").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("space flight", "cooking", "football", "cinema", "none");
        assertThat(LocalSpark.session()
                        .read()
                        .option("header", "true")
                        .csv(output + "/truth/2026-11-21T00.csv")
                        .where("topic = 'cinema'")
                        .count())
                .as("the new topic in an earlier hour")
                .isZero();
    }

    private static List<String> names(Path directory) {
        return List.of(directory.toFile().list((parent, name) -> name.endsWith("json.gz")));
    }

    @Test
    void onlyTheSameSeedGivesTheSamePosts() {
        PostTimeline timeline = new PostTimeline(494_000, 2, 300);
        List<String> first = lines(new SamplePosts(7, timeline, 4));

        assertThat(lines(new SamplePosts(7, timeline, 4))).isEqualTo(first);
        assertThat(lines(new SamplePosts(8, timeline, 4))).isNotEqualTo(first);
        assertThat(HourFiles.line(new SamplePosts(7, timeline, 4), 1, 12))
                .as("in another task")
                .isEqualTo(first.get(12));
    }

    private static List<String> lines(SamplePosts posts) {
        return LongStream.range(0, 100)
                .mapToObj(number -> HourFiles.line(posts, 1, number))
                .toList();
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
