package org.emrelay.jobs.topics.combine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads posts from JSON objects.
 *
 * <p>Recognizes X's API v2 and v1, Bluesky's Jetstream and flat records; reads any others by the user's paths.
 */
final class JsonPosts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ID = List.of("id_str", "id", "post_id", "tweet_id", "uri");
    private static final List<String> TIME = List.of("created_at", "time", "timestamp", "createdAt", "timestamp_ms");
    private static final List<String> TEXT = List.of("full_text", "text", "content");
    private static final List<String> LANG = List.of("lang", "language");
    private static final List<String> REPOST_TYPES = List.of("retweeted", "reposted");

    private final PostColumns columns;
    private final @Nullable JsonPath id;
    private final @Nullable JsonPath time;
    private final @Nullable JsonPath text;
    private final @Nullable JsonPath lang;
    private final @Nullable JsonPath repost;

    JsonPosts(PostColumns columns) {
        this.columns = columns;
        this.id = path(columns.id());
        this.time = path(columns.time());
        this.text = path(columns.text());
        this.lang = path(columns.lang());
        this.repost = path(columns.repost());
    }

    private static @Nullable JsonPath path(String column) {
        return column.isEmpty() ? null : new JsonPath(column);
    }

    ParsedRecord parse(String line) {
        JsonNode record = object(line);
        if (record == null) {
            return ParsedRecord.malformed(MalformedReason.UNREADABLE);
        }
        return (record.path("did").isTextual() && record.has("kind"))
                        || record.path("commit").isObject()
                ? jetstream(record)
                : flat(record);
    }

    /** Parses a line; null if it is not a JSON object. */
    static @Nullable JsonNode object(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException malformed) {
            return null;
        }
    }

    private ParsedRecord jetstream(JsonNode event) {
        JsonNode commit = event.path("commit");
        String collection = commit.path("collection").asText("app.bsky.feed.post");
        boolean isPost = collection.endsWith(".post")
                && commit.path("operation").asText("create").equals("create")
                && commit.path("record").isObject();
        if (!isPost && columns.equals(PostColumns.KNOWN)) {
            return ParsedRecord.malformed(MalformedReason.NOT_A_POST);
        }
        JsonNode post = commit.path("record");
        String author = event.path("did").asText();
        String key = commit.path("rkey").asText();
        // Reposts refer to a post by this AT URI.
        String address = author.isEmpty() || key.isEmpty() ? null : "at://" + author + "/" + collection + "/" + key;
        return ParsedRecord.of(
                id == null ? address : id.text(event),
                time == null ? first(event, List.of("time_us")) : time.text(event),
                text == null ? first(post, List.of("text")) : text.text(event),
                lang == null ? JsonPath.scalar(post.path("langs").path(0)) : lang.text(event),
                repost == null ? null : repost.text(event));
    }

    private ParsedRecord flat(JsonNode record) {
        JsonNode data = record.path("data");
        JsonNode post = data.isObject() ? data : record;
        return ParsedRecord.of(
                id == null ? first(post, ID) : id.text(record),
                time == null ? first(post, TIME) : time.text(record),
                text == null ? first(post, TEXT) : text.text(record),
                lang == null ? first(post, LANG) : lang.text(record),
                repost == null ? original(post) : repost.text(record));
    }

    private static @Nullable String first(JsonNode node, List<String> names) {
        for (String name : names) {
            String value = JsonPath.scalar(node.path(name));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Returns the id of the original, or {@code "true"} if a repost does not contain it. */
    private static @Nullable String original(JsonNode post) {
        for (JsonNode reference : post.path("referenced_tweets")) {
            if (REPOST_TYPES.contains(reference.path("type").asText())) {
                String id = JsonPath.scalar(reference.path("id"));
                return id == null ? "true" : id;
            }
        }
        JsonNode original = post.path("retweeted_status");
        if (original.isObject()) {
            String id = first(original, ID);
            return id == null ? "true" : id;
        }
        return first(post, List.of("repost_of", "repost"));
    }
}
