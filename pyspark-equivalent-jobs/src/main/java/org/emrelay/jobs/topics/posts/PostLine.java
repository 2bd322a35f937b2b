package org.emrelay.jobs.topics.posts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Formats posts like X's API v2, one JSON object per line. */
final class PostLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private PostLine() {}

    private static Map<String, String> reference(long original) {
        Map<String, String> reference = new LinkedHashMap<>();
        reference.put("type", "retweeted");
        reference.put("id", Long.toString(original));
        return reference;
    }

    static String of(SamplePost post) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", Long.toString(post.id()));
        data.put("text", post.text());
        data.put("created_at", TIME.format(Instant.ofEpochMilli(post.createdMillis())));
        data.put("lang", post.lang());
        data.put("author_id", Long.toString(post.author()));
        Long original = post.repostOf();
        if (original != null) {
            data.put("referenced_tweets", List.of(reference(original)));
        }
        try {
            return JSON.writeValueAsString(Map.of("data", data));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
