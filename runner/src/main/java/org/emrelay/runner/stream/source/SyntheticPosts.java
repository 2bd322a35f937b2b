package org.emrelay.runner.stream.source;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.emrelay.runner.json.JsonWriter;

/** Generates the post with a number, always the same for a seed. Posts are one second apart, starting in 2026. */
final class SyntheticPosts {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    /** X's ids consist of the time since then and 22 other bits. */
    private static final long ID_EPOCH_MILLIS = 1_288_834_974_657L;

    private static final int ID_BITS = 22;
    private static final long NUMBER_FACTOR = 0x9E3779B97F4A7C15L;
    private static final int AUTHORS = 5_000;

    private static final Map<String, Language> LANGUAGES = Map.of(
            "en",
                    new Language(
                            List.of("Watching", "Just saw", "Reading about", "Waiting for", "Everyone talks about"),
                            List.of(
                                    "the rocket launch",
                                    "the new telescope",
                                    "our garden",
                                    "the city marathon",
                                    "the old harbour",
                                    "a late train",
                                    "the first snow"),
                            List.of(
                                    "and it is wonderful",
                                    "again",
                                    "since this morning",
                                    "with my brother",
                                    "but the clouds are in the way",
                                    "for the third time")),
            "de",
                    new Language(
                            List.of("Gerade sehe ich", "Alle reden über", "Ich warte auf"),
                            List.of("den Raketenstart", "das neue Teleskop", "den späten Zug", "den ersten Schnee"),
                            List.of("und es ist schön", "schon wieder", "seit heute früh")),
            "es",
                    new Language(
                            List.of("Viendo", "Todos hablan de", "Esperando"),
                            List.of(
                                    "el lanzamiento",
                                    "el telescopio nuevo",
                                    "la primera nieve",
                                    "el tren de la mañana"),
                            List.of("y es una maravilla", "otra vez", "desde ayer")));

    private static final List<String> LANGUAGE_OF_TEN =
            List.of("en", "en", "en", "en", "en", "en", "en", "de", "de", "es");
    private static final List<String> TAGS = List.of("#space", "#weather", "#running", "#travel", "#garden");

    private final long seed;

    private record Language(List<String> starts, List<String> topics, List<String> ends) {}

    SyntheticPosts(long seed) {
        this.seed = seed;
    }

    String json(long number) {
        SplittableRandom random = new SplittableRandom(seed ^ (number * NUMBER_FACTOR));
        Instant created = FIRST.plusSeconds(number);
        String language = any(random, LANGUAGE_OF_TEN);
        Map<String, Object> post = new LinkedHashMap<>();
        post.put("id", Long.toString(id(created, random)));
        post.put("text", text(random, language));
        post.put("author_id", Long.toString(1_000_000L + random.nextInt(AUTHORS)));
        post.put("created_at", created.toString().replace("Z", ".000Z"));
        post.put("lang", language);
        post.put("edit_history_tweet_ids", List.of(post.get("id")));
        return JsonWriter.line(Map.of("data", post));
    }

    private static long id(Instant created, SplittableRandom random) {
        return ((created.toEpochMilli() - ID_EPOCH_MILLIS) << ID_BITS) | random.nextInt(1 << ID_BITS);
    }

    private static String text(SplittableRandom random, String code) {
        Language language = LANGUAGES.get(code);
        if (language == null) {
            throw new IllegalStateException("no words of " + code);
        }
        String sentence = any(random, language.starts()) + " " + any(random, language.topics()) + " "
                + any(random, language.ends());
        return random.nextInt(3) == 0 ? sentence + ". " + any(random, TAGS) : sentence + ".";
    }

    private static String any(SplittableRandom random, List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
