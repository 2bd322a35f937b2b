package org.emrelay.jobs.topics.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.emrelay.tables.UserFault;

/**
 * The number of posts by hour and topic, duplicates included.
 *
 * @param byHour for each hour since the epoch, the number of posts of each topic, then of those without a topic
 */
record TopicHours(int topics, SortedMap<Long, List<Long>> byHour) {
    static final String FILE = "prevalence.json";

    TopicHours {
        byHour = Collections.unmodifiableSortedMap(new TreeMap<>(byHour));
    }

    static TopicHours parse(String flag, String uri, String text) {
        try {
            JsonNode json = new ObjectMapper().readTree(text);
            int topics = json.path("names").size() - 1;
            SortedMap<Long, List<Long>> byHour = new TreeMap<>();
            for (int hour = 0; hour < json.path("hours").size(); hour++) {
                List<Long> posts = new ArrayList<>();
                json.path("posts").path(hour).forEach(count -> posts.add(count.asLong()));
                if (posts.size() != topics + 1) {
                    throw new IllegalArgumentException("an hour without counts");
                }
                byHour.put(epochHour(json.path("hours").path(hour).asText()), posts);
            }
            return new TopicHours(topics, byHour);
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException malformed) {
            throw new UserFault(
                    flag + ": " + uri + " is not a table of posts by hour. Pass the output of the step 'topics'.");
        }
    }

    /** @param hour such as {@code 2026-11-20T13} */
    private static long epochHour(String hour) {
        return LocalDateTime.parse(hour + ":00").toEpochSecond(ZoneOffset.UTC) / 3_600;
    }
}
