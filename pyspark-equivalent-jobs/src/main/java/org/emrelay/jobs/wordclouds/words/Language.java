package org.emrelay.jobs.wordclouds.words;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.ml.feature.StopWordsRemover;

/** A language by its code of two letters, and what is known of it without a network. */
record Language(String code) {
    static final Language ENGLISH = new Language("en");

    /** Those of which Spark has stop words, by the names of its lists. */
    private static final Map<String, String> STOP_WORDS = new TreeMap<>(Map.ofEntries(
            Map.entry("da", "danish"),
            Map.entry("de", "german"),
            Map.entry("en", "english"),
            Map.entry("es", "spanish"),
            Map.entry("fi", "finnish"),
            Map.entry("fr", "french"),
            Map.entry("hu", "hungarian"),
            Map.entry("it", "italian"),
            Map.entry("nl", "dutch"),
            Map.entry("no", "norwegian"),
            Map.entry("pt", "portuguese"),
            Map.entry("ru", "russian"),
            Map.entry("sv", "swedish"),
            Map.entry("tr", "turkish")));

    Language {
        Objects.requireNonNull(code, "code");
    }

    static List<String> codes() {
        return List.copyOf(STOP_WORDS.keySet());
    }

    List<String> stopWords() {
        String list = Objects.requireNonNull(STOP_WORDS.get(code), code);
        return List.of(StopWordsRemover.loadDefaultStopWords(list));
    }
}
