package org.emrelay.jobs.language;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.ml.feature.StopWordsRemover;
import org.jspecify.annotations.Nullable;

/** A language, identified by its two-letter code, with the resources available offline. */
public record Language(String code) {
    public static final Language ENGLISH = new Language("en");

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

    /** Codes that mean the same language as another code: Bokmål, Nynorsk, and the withdrawn codes that X still writes. */
    private static final Map<String, String> ALIASES =
            Map.of("nb", "no", "nn", "no", "iw", "he", "in", "id", "ji", "yi");

    public Language {
        Objects.requireNonNull(code, "code");
    }

    /** Returns the codes of the languages with stop words. */
    public static List<String> codes() {
        return List.copyOf(STOP_WORD_LISTS.keySet());
    }

    /**
     * Returns the language of a tag such as {@code en}, {@code pt-BR} or {@code zh_Hant}; empty if the tag names none.
     *
     * <p>X writes {@code und}, {@code zxx} and codes from {@code qaa} to {@code qtz} for posts without a language.
     */
    public static Optional<Language> ofTag(@Nullable String tag) {
        if (tag == null) {
            return Optional.empty();
        }
        String code = tag.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        boolean isNone = code.isEmpty()
                || code.equals("und")
                || code.equals("mis")
                || code.equals("mul")
                || code.equals("zxx")
                || code.matches("q[a-t][a-z]");
        return isNone ? Optional.empty() : Optional.of(new Language(ALIASES.getOrDefault(code, code)));
    }

    public boolean hasStopWords() {
        return STOP_WORD_LISTS.containsKey(code);
    }

    public List<String> stopWords() {
        String list = Objects.requireNonNull(STOP_WORD_LISTS.get(code), code);
        return List.of(StopWordsRemover.loadDefaultStopWords(list));
    }
}
