package org.emrelay.jobs.topics.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.jobs.topics.page.DroppedRules.Report;

/** Artificial topics, as written by the step 'topics'. */
final class PageFixture {
    /** 2026-10-28, midnight. */
    static final long FIRST_HOUR = 498_096;

    private static final List<String> WORDS = List.of(
            "rocket",
            "launch",
            "booster",
            "landing",
            "orbit",
            "goalkeeper",
            "penalty",
            "league",
            "striker",
            "référence",
            "concert",
            "guitar",
            "festival",
            "encore",
            "vaccine",
            "clinic",
            "symptoms",
            "doctor",
            "election",
            "ballot",
            "turnout",
            "weather",
            "storm",
            "forecast",
            "flooding",
            "recipe",
            "oven",
            "garlic",
            "sourdough",
            "火箭",
            "Rakete");

    private PageFixture() {}

    /** The content of the file, which tests can change. */
    record Made(Map<String, Object> values, List<Map<String, Object>> topics) {
        Map<String, Object> first() {
            return topics.get(0);
        }
    }

    static TopicsPage page(Made topics, TopicHours hours) {
        return new TopicsPage(parsed(topics), hours, dropped(), TopicsPage.DEFAULT_TITLE);
    }

    static FoundTopics parsed(Made topics) {
        return FoundTopics.parse("--topics", "topics.json", JsonText.of(topics.values()));
    }

    static DroppedRules dropped() {
        return DroppedRules.parse(new Report("--combined", "c", COMBINED), new Report("--filtered", "f", FILTERED));
    }

    static Made topics(int count) {
        Random random = new Random(count);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("posts", 24_310);
        values.put("duplicates", 3_120);
        values.put("none", 412);
        values.put("uncertain", 118);
        values.put("vocabulary", 5_120);
        values.put("known_words", 0.871);
        values.put("fit_posts", 19_400);
        values.put("held_out_posts", 4_862);
        values.put(
                "settings",
                Map.of("k", count, "method", "gibbs", "tokens", Map.of("language", "any", "stop_words", List.of())));
        values.put("quality", candidate(count));
        values.put("selection", null);
        values.put("map_shown", 0.81);
        values.put("lambda", 0.6);
        List<Map<String, Object>> topics = new ArrayList<>();
        for (int topic = 0; topic < count; topic++) {
            topics.add(topic(topic, count, random));
        }
        values.put("topics", topics);
        return new Made(values, topics);
    }

    private static Map<String, Object> topic(int number, int count, Random random) {
        double weight = 2.0 * (count - number) / (count * (count + 1.0));
        Map<String, Object> topic = new LinkedHashMap<>();
        List<Map<String, Object>> terms = terms(random);
        topic.put("topic", number);
        topic.put(
                "name",
                terms.get(0).get("term") + ", " + terms.get(1).get("term") + ", "
                        + terms.get(2).get("term"));
        topic.put("share", weight);
        topic.put("posts", Math.round(24_000 * weight));
        topic.put("npmi", 0.05 + random.nextDouble() / 4);
        topic.put("x", random.nextDouble() - 0.5);
        topic.put("y", (random.nextDouble() - 0.5) / 2);
        topic.put("terms", terms);
        List<Map<String, Object>> examples = new ArrayList<>();
        for (String kind : List.of("clear", "random")) {
            for (int post = 0; post < 8; post++) {
                examples.add(
                        example(kind, text(random), kind.equals("clear") ? 0.97 : 0.2 + random.nextDouble() * 0.8));
            }
        }
        topic.put("examples", examples);
        return topic;
    }

    static Map<String, Object> example(String kind, String text, double probability) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("kind", kind);
        example.put("id", "17734" + Integer.toUnsignedString(text.hashCode()));
        example.put("time", "2026-11-20T13:05:09Z");
        example.put("text", text);
        example.put("probability", probability);
        return example;
    }

    private static List<Map<String, Object>> terms(Random random) {
        List<Map<String, Object>> terms = new ArrayList<>();
        int first = random.nextInt(WORDS.size());
        for (int rank = 0; rank < 60; rank++) {
            String word = WORDS.get((first + rank) % WORDS.size()) + (rank < WORDS.size() ? "" : "s");
            terms.add(term(word, 0.08 / (rank + 1.5), Math.exp(random.nextGaussian() + 1)));
        }
        return terms;
    }

    static Map<String, Object> term(String term, double probability, double lift) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("term", term);
        values.put("probability", probability);
        values.put("lift", lift);
        return values;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int words = 5 + random.nextInt(30);
        for (int word = 0; word < words; word++) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return text.append("https://t.co/abc").toString();
    }

    static Map<String, Object> candidate(int count) {
        Map<String, Object> candidate = new LinkedHashMap<>();
        double npmi = 0.25 - 0.004 * (count - 7) * (count - 7);
        candidate.put("k", count);
        candidate.put("npmi", npmi);
        candidate.put("npmi_error", 0.012);
        candidate.put("npmi_by_seed", List.of(npmi - 0.02, npmi + 0.02, npmi + 0.03, npmi - 0.03, npmi));
        candidate.put("stability", Math.max(0.2, 0.9 - 0.04 * Math.abs(count - 7)));
        return candidate;
    }

    static Map<String, Object> chosen(int from, int to, int chosen) {
        List<Map<String, Object>> candidates = new ArrayList<>();
        for (int count = from; count <= to; count++) {
            candidates.add(candidate(count));
        }
        return Map.of("chosen", chosen, "candidates", candidates);
    }

    /** Returns hours whose mix of topics changes slowly. */
    static TopicHours hours(int topics, int count) {
        SortedMap<Long, List<Long>> byHour = new TreeMap<>();
        for (int hour = 0; hour < count; hour++) {
            List<Long> posts = new ArrayList<>();
            for (int topic = 0; topic <= topics; topic++) {
                posts.add(Math.round(200.0 / (topic + 1) * (1 + Math.sin(topic + 6.28 * hour / count))));
            }
            byHour.put(FIRST_HOUR + hour, posts);
        }
        return new TopicHours(topics, byHour);
    }

    private static final String COMBINED = """
            {"files": 24, "unchanged_files": 2, "lines": 31200, "posts": 31150,
             "malformed": {"unreadable line": 41, "no id": 9, "no text": 0},
             "duplicates_by_id": 120, "hours_written": [], "hours_referred_to": [], "posts_in_all_hours": 31030}
            """;

    private static final String FILTERED = """
            {"posts": 31030, "kept": 24310, "settings": {},
             "rules": [
              {"rule": "unwanted", "dropped": 310, "by_term": {"giveaway": 300, "<b>crypto</b>": 10},
               "examples": [{"id": "7", "text": "Win a giveaway <script>alert(1)</script>", "term": "giveaway"}]},
              {"rule": "language", "dropped": 1830, "by_language": {"de": 1000, "fr": 830},
               "examples": [{"id": "8", "text": "Guten Morgen zusammen", "language": "de"}]},
              {"rule": "repost", "dropped": 2800, "examples": [{"id": "9", "text": "RT @a: lift-off!", "original": "1"}]},
              {"rule": "same_text", "dropped": 1400, "examples": []},
              {"rule": "near_duplicate", "dropped": 380,
               "examples": [{"id": "10", "text": "Lift-off at 9", "original": "2", "original_text": "Lift-off at 10",
                "similarity": 0.8}]}]}
            """;
}
