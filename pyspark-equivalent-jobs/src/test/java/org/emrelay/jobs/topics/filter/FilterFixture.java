package org.emrelay.jobs.topics.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.topics.combine.CombinedPosts;
import org.jspecify.annotations.Nullable;

/** Posts as written by the step 'combine', and the output of the filter. */
final class FilterFixture {
    private static final Instant START = Instant.parse("2026-11-20T12:30:00Z");

    private final Path directory;
    private final List<Row> posts = new ArrayList<>();

    FilterFixture(Path directory) {
        this.directory = directory;
    }

    FilterFixture post(String id, String text) {
        return post(id, text, "en");
    }

    FilterFixture post(String id, String text, @Nullable String lang) {
        return post(id, text, lang, false, null);
    }

    FilterFixture repost(String id, String text, @Nullable String original) {
        return post(id, text, "en", true, original);
    }

    /** Adds a post, one minute later than the previous one. */
    private FilterFixture post(
            String id, String text, @Nullable String lang, boolean isRepost, @Nullable String original) {
        Timestamp time = Timestamp.from(START.plusSeconds(60L * posts.size()));
        posts.add(RowFactory.create(id, time, text, lang, isRepost, original));
        return this;
    }

    List<Row> rows() {
        return posts;
    }

    void write() throws IOException {
        write(posts, 2);
    }

    /** Writes all posts to one folder: the filter derives the hours from the times. */
    void write(List<Row> rows, int files) throws IOException {
        String folder = uri("in/posts/hour=2026-11-20T12");
        LocalSpark.session()
                .createDataFrame(rows, CombinedPosts.SCHEMA)
                .repartition(files)
                .write()
                .parquet(folder);
        Files.writeString(directory.resolve("in/manifest.json"), """
                {"version": 1, "source": "posts", "files": [], "columns": {},
                 "hours": [{"hour": "2026-11-20T12", "uri": "%s", "posts": %d, "bytes": 1}]}
                """.formatted(folder, rows.size()));
    }

    void filter(String... flags) {
        List<String> arguments = new ArrayList<>(List.of("--posts", uri("in"), "--output", uri("out")));
        arguments.addAll(List.of(flags));
        FilterPosts.main(arguments.toArray(String[]::new));
    }

    List<String> kept() {
        return LocalSpark.session().read().parquet(uri("out/posts")).orderBy("time", "id").collectAsList().stream()
                .map(post -> post.getString(0))
                .toList();
    }

    /** Returns the duplicates as {@code id rule original}. */
    List<String> duplicates() {
        return LocalSpark.session().read().parquet(uri("out/duplicates")).orderBy("time", "id").collectAsList().stream()
                .map(post -> post.getAs("id") + " " + post.getAs("rule") + " " + post.getAs("original"))
                .toList();
    }

    String report() throws IOException {
        return Files.readString(directory.resolve("out/report.json"));
    }

    String uri(String name) {
        return "file:" + directory.resolve(name);
    }
}
