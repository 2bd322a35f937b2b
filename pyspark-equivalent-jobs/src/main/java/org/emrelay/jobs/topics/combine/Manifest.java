package org.emrelay.jobs.topics.combine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.tables.TextFile;
import org.emrelay.tables.UserFault;

/**
 * Lists the hours of a combined dataset, whichever run wrote them, and its source files.
 *
 * <p>Written last: an output that has a manifest is complete.
 *
 * @param source the URI of the posts that were combined
 * @param hours sorted
 * @param settings how the files were read; a run with other settings reads them again
 */
public record Manifest(String source, List<HourFolder> hours, List<PostFile> files, Map<String, String> settings) {
    static final String NAME = "manifest.json";
    private static final int VERSION = 1;

    public Manifest {
        Objects.requireNonNull(source, "source");
        hours = List.copyOf(hours);
        files = List.copyOf(files);
        settings = Map.copyOf(settings);
    }

    /** Reads the manifest of an output of {@link CombinePosts}. */
    public static Manifest read(SparkSession session, String uri) {
        return read(session, "--posts", uri);
    }

    static Manifest read(SparkSession session, String flag, String uri) {
        String text;
        try {
            text = TextFile.read(session, flag, new Path(uri, NAME).toString());
        } catch (UserFault | IllegalArgumentException missing) {
            throw new UserFault(
                    flag + ": " + uri + " has no " + NAME + "; use the output of a finished step 'combine'.");
        }
        try {
            return of(new ObjectMapper().readTree(text));
        } catch (JsonProcessingException | IllegalArgumentException invalid) {
            throw new UserFault(flag + ": " + NAME + " in " + uri + " is not valid; run the step 'combine' again.");
        }
    }

    private static Manifest of(JsonNode json) {
        if (json.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("version " + json.path("version"));
        }
        List<HourFolder> hours = new ArrayList<>();
        for (JsonNode hour : json.path("hours")) {
            hours.add(new HourFolder(
                    text(hour, "hour"),
                    text(hour, "uri"),
                    hour.path("posts").asLong(),
                    hour.path("bytes").asLong()));
        }
        List<PostFile> files = new ArrayList<>();
        for (JsonNode file : json.path("files")) {
            files.add(new PostFile(text(file, "path"), file.path("bytes").asLong(), text(file, "modified")));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        json.path("columns")
                .fields()
                .forEachRemaining(column ->
                        settings.put(column.getKey(), column.getValue().asText()));
        return new Manifest(text(json, "source"), hours, files, settings);
    }

    private static String text(JsonNode json, String name) {
        if (!json.path(name).isTextual()) {
            throw new IllegalArgumentException("no " + name);
        }
        return json.path(name).asText();
    }

    public long posts() {
        return hours.stream().mapToLong(HourFolder::posts).sum();
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("source", source);
        json.put(
                "hours",
                hours.stream()
                        .map(hour -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("hour", hour.hour());
                            entry.put("uri", hour.uri());
                            entry.put("posts", hour.posts());
                            entry.put("bytes", hour.bytes());
                            return entry;
                        })
                        .toList());
        json.put(
                "files",
                files.stream()
                        .map(file -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("path", file.path());
                            entry.put("bytes", file.bytes());
                            entry.put("modified", file.modified());
                            return entry;
                        })
                        .toList());
        json.put("columns", new TreeMap<>(settings));
        return JsonText.of(json);
    }
}
