package org.emrelay.jobs.topics.combine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;

/** Files with posts, and the job's outputs in directories that are named like the runner's. */
final class CombineFixture {
    private final Path directory;

    CombineFixture(Path directory) {
        this.directory = directory;
    }

    /** Returns a post in the format of X's API v2, a number of minutes after 2026-11-20T00:00. */
    static String post(String id, int minute, String text) {
        return String.format(
                "{\"data\":{\"id\":\"%s\",\"text\":\"%s\",\"created_at\":\"2026-11-20T%02d:%02d:00.000Z\",\"lang\":\"en\"}}",
                id, text, minute / 60, minute % 60);
    }

    Path posts() {
        return directory.resolve("in");
    }

    CombineFixture file(String name, String... lines) {
        byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Path file = posts().resolve(name);
            Files.createDirectories(file.getParent());
            try (OutputStream stream = name.endsWith(".gz")
                    ? new GZIPOutputStream(Files.newOutputStream(file))
                    : Files.newOutputStream(file)) {
                stream.write(content);
            }
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void touch(String name) throws IOException {
        Files.setLastModifiedTime(posts().resolve(name), FileTime.from(Instant.parse("2026-11-30T00:00:00Z")));
    }

    Path output(int run) {
        return directory.resolve("output/topics/20261121-00000" + run + "-ab3f/combine");
    }

    /** Runs the job. */
    Path combine(int run, String... more) {
        return combineFrom(posts().toString(), run, more);
    }

    Path combineFrom(String posts, int run, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--posts", posts, "--output", output(run).toString()));
        arguments.addAll(List.of(more));
        CombinePosts.main(arguments.toArray(String[]::new));
        return output(run);
    }

    static Dataset<Row> read(Path output) {
        return CombinedPosts.read(LocalSpark.session(), "--posts", output.toString());
    }

    /** Returns the ids of the posts with their hours, sorted. */
    static List<String> ids(Path output) {
        return read(output).collectAsList().stream()
                .map(row -> row.getAs(CombinedPosts.HOUR) + " " + row.getAs(CombinedPosts.ID))
                .sorted()
                .toList();
    }

    static JsonNode json(Path output, String name) throws IOException {
        return new ObjectMapper().readTree(output.resolve(name).toFile());
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
