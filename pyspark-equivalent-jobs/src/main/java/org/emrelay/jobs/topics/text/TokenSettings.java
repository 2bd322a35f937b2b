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
 * The settings for converting posts to tokens. Stored with a model, so that new posts are converted the same way.
 *
 * @param language the language whose stop words are removed from every post; {@link #ANY} for the language of each post
 * @param minLength the minimum length of a token in characters; does not apply to pairs of Chinese or Japanese characters
 * @param bigrams whether pairs of adjacent tokens are added as tokens
 * @param stopWords the user's stop words, in addition to those of the language
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

    /** Returns the default settings for a language. No bigrams, and only the language's own stop words. */
    public static TokenSettings of(String language) {
        return new TokenSettings(language, DEFAULT_MIN_LENGTH, false, List.of());
    }

    /** Returns the settings as a JSON object, to be stored inside another one. */
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
     * @throws IllegalArgumentException if the text is anything else
     */
    public static TokenSettings parse(String json) {
        try {
            return of(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("not token settings: " + json, malformed);
        }
    }

    /**
     * Parses a JSON object with the content of {@link #values}.
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
