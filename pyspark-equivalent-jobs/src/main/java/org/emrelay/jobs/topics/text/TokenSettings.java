package org.emrelay.jobs.topics.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.emrelay.jobs.learning.JsonText;

/**
 * The settings that make tokens of posts, stored with a model so that new posts become the same tokens.
 *
 * @param language the language whose stop words are removed from every post, or {@link #ANY} for that of each post
 * @param minLength the characters below which a token is dropped; pairs of Chinese or Japanese characters are not
 * @param bigrams whether adjacent tokens are also joined to one token
 * @param stopWords what the user adds to the stop words of the language
 */
public record TokenSettings(String language, int minLength, boolean bigrams, List<String> stopWords)
        implements Serializable {
    public static final String ANY = "any";
    public static final int DEFAULT_MIN_LENGTH = 3;

    public TokenSettings {
        Objects.requireNonNull(language, "language");
        if (minLength < 1) {
            throw new IllegalArgumentException("minLength must be at least 1, not " + minLength);
        }
        stopWords = List.copyOf(new TreeSet<>(stopWords));
    }

    /** Returns the settings for a language: no bigrams, and no stop words but those of the language. */
    public static TokenSettings of(String language) {
        return new TokenSettings(language, DEFAULT_MIN_LENGTH, false, List.of());
    }

    /** Returns the settings as a JSON object to be stored within another one. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("language", language);
        values.put("min_length", minLength);
        values.put("bigrams", bigrams);
        values.put("stop_words", stopWords);
        return values;
    }

    public String json() {
        return JsonText.of(values());
    }

    /**
     * Parses the output of {@link #json}.
     *
     * @throws IllegalArgumentException if the text is not such output
     */
    public static TokenSettings parse(String json) {
        try {
            return of(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("not token settings: " + json, malformed);
        }
    }

    /**
     * Returns the settings in a JSON object with the content of {@link #values}.
     *
     * @throws IllegalArgumentException if a value is missing or has another type
     */
    public static TokenSettings of(JsonNode settings) {
        JsonNode language = settings.path("language");
        JsonNode minLength = settings.path("min_length");
        JsonNode bigrams = settings.path("bigrams");
        JsonNode stopWords = settings.path("stop_words");
        if (!language.isTextual() || !minLength.isInt() || !bigrams.isBoolean() || !stopWords.isArray()) {
            throw new IllegalArgumentException("not token settings: " + settings);
        }
        List<String> words = new ArrayList<>();
        stopWords.forEach(word -> words.add(word.asText()));
        return new TokenSettings(language.asText(), minLength.asInt(), bigrams.asBoolean(), words);
    }
}
