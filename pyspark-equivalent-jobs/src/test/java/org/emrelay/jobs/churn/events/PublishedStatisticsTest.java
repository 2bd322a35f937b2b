package org.emrelay.jobs.churn.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares a generated log with the published statistics of the real one.
 *
 * <p>The real log has 22,278 users in 61 days with 26,259,199 rows.
 */
class PublishedStatisticsTest {
    private static final long USERS = 400;
    private static final long[] SEEDS = {1, 2};
    private static final double ROWS_PER_USER = 26_259_199 / 22_278.0;

    private static final Map<String, Double> PERCENT_OF_PAGE = Map.ofEntries(
            Map.entry("NextSong", 79.40),
            Map.entry("Home", 5.115),
            Map.entry("Thumbs Up", 4.385),
            Map.entry("Add to Playlist", 2.277),
            Map.entry("Roll Advert", 1.467),
            Map.entry("Add Friend", 1.453),
            Map.entry("Login", 1.129),
            Map.entry("Logout", 1.127),
            Map.entry("Thumbs Down", 0.911),
            Map.entry("Downgrade", 0.702),
            Map.entry("Help", 0.591),
            Map.entry("Settings", 0.560),
            Map.entry("About", 0.353),
            Map.entry("Upgrade", 0.192),
            Map.entry("Save Settings", 0.112),
            Map.entry("Error", 0.099),
            Map.entry("Submit Upgrade", 0.0576),
            Map.entry("Submit Downgrade", 0.0247));

    private static final Map<String, Long> COUNTS = new HashMap<>();
    private static final Set<String> USER_IDS = new HashSet<>();
    private static final Map<String, Long> FIRST = new HashMap<>();
    private static final Map<String, Long> LAST = new HashMap<>();
    private static final Set<String> CHURNED = new HashSet<>();
    private static final Set<String> SESSIONS = new HashSet<>();
    private static long rows;
    private static double seconds;
    private static double squaredSeconds;
    private static double items;

    @BeforeAll
    static void count() throws IOException {
        ObjectMapper json = new ObjectMapper();
        LogPeriod period = new LogPeriod(LocalDate.of(2018, 10, 1), 61);
        for (long seed : SEEDS) {
            Iterator<String> lines = new EventGenerator(seed, USERS, period)
                    .of(LongStream.range(0, USERS).boxed().iterator());
            while (lines.hasNext()) {
                count(json.readTree(lines.next()), seed);
            }
        }
    }

    private static void count(JsonNode event, long seed) {
        rows++;
        for (String column : new String[] {"page", "auth", "level", "status", "gender", "userId"}) {
            COUNTS.merge(column + " " + event.path(column).asText(), 1L, Long::sum);
        }
        if (!event.path("length").isNull()) {
            double length = event.path("length").asDouble();
            seconds += length;
            squaredSeconds += length * length;
        }
        items += event.path("itemInSession").asInt();
        SESSIONS.add(seed + " " + event.path("sessionId").asText());
        if (!event.path("gender").isNull()) {
            String user = seed + " " + event.path("userId").asText();
            long time = event.path("ts").asLong();
            USER_IDS.add(user);
            FIRST.merge(user, time, Math::min);
            LAST.merge(user, time, Math::max);
            if (event.path("page").asText().equals("Cancellation Confirmation")) {
                CHURNED.add(user);
            }
        }
    }

    @Test
    void matchesEventsAndSessionsPerUser() {
        assertThat(rows / (double) USER_IDS.size()).isCloseTo(ROWS_PER_USER, Percentage.withPercentage(12));
        assertThat(SESSIONS.size() / (double) USER_IDS.size()).isBetween(12.0, 16.0);
        assertThat(items / rows).isCloseTo(114, within(20.0));
    }

    @Test
    void matchesTheMixOfPages() {
        PERCENT_OF_PAGE.forEach((page, percent) -> assertThat(percent("page " + page))
                .as(page)
                .isCloseTo(percent, Percentage.withPercentage(percent > 0.09 ? 22 : 40)));
    }

    @Test
    void matchesTheSharesOfOtherColumns() {
        assertThat(percent("level paid")).isCloseTo(78.4, within(6.0));
        assertThat(percent("gender null")).isCloseTo(2.96, within(0.4));
        assertThat(percent("userId ")).isCloseTo(2.95, within(0.4));
        assertThat(percent("auth Guest")).isCloseTo(0.016, within(0.012));
        assertThat(percent("userId " + LineWriter.GUEST_ID)).isEqualTo(percent("auth Guest"));
        assertThat(percent("status 307")).isCloseTo(9.22, within(0.7));
        assertThat(percent("status 404")).isEqualTo(percent("page Error"));
        assertThat(percent("gender F")).isCloseTo(46.4, within(5.0));
    }

    @Test
    void matchesTheSongLengths() {
        double songs = COUNTS.getOrDefault("page NextSong", 0L);
        double mean = seconds / songs;
        assertThat(mean).isCloseTo(249.1, within(3.0));
        assertThat(Math.sqrt(squaredSeconds / songs - mean * mean)).isCloseTo(99.2, within(5.0));
    }

    @Test
    void matchesChurnRateAndTimeToChurn() {
        assertThat(CHURNED.size() / (double) USER_IDS.size()).isCloseTo(0.2246, within(0.03));
        assertThat(days(true)).isCloseTo(23.9, within(4.0));
        assertThat(days(false)).isCloseTo(45.3, within(4.0));
    }

    private static double percent(String value) {
        return 100.0 * COUNTS.getOrDefault(value, 0L) / rows;
    }

    private static double days(boolean isChurned) {
        return USER_IDS.stream()
                .filter(user -> CHURNED.contains(user) == isChurned)
                .mapToDouble(user -> (LAST.getOrDefault(user, 0L) - FIRST.getOrDefault(user, 0L)) / 86_400_000.0)
                .average()
                .orElse(0);
    }
}
