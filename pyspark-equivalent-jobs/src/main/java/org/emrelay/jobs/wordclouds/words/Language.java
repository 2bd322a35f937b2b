package org.emrelay.jobs.wordclouds.words;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.ml.feature.StopWordsRemover;

/** A language, identified by its two-letter code, with the resources available offline. */
record Language(String code) {
    static final Language ENGLISH = new Language("en");

    /** The languages for which Spark has stop words, with the names of its lists. */
    private static final Map<String, String> STOP_WORD_LISTS = new TreeMap<>(Map.ofEntries(
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
        return List.copyOf(STOP_WORD_LISTS.keySet());
    }

    List<String> stopWords() {
        String list = Objects.requireNonNull(STOP_WORD_LISTS.get(code), code);
        return List.of(StopWordsRemover.loadDefaultStopWords(list));
    }
}
