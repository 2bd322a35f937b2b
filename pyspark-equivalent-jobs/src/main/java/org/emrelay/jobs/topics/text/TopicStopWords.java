package org.emrelay.jobs.topics.text;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.jobs.language.Language;

/**
 * The stop words of each language and those of the user.
 *
 * <p>English posts often omit apostrophes, so {@code dont} and {@code im} are stop words too.
 */
final class TopicStopWords implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final List<String> ENDINGS_WITHOUT_APOSTROPHE = List.of("n't", "'m", "'ve", "'re");

    private final HashMap<String, Set<String>> byLanguage = new HashMap<>();
    private final HashSet<String> extra = new HashSet<>();

    private TopicStopWords() {}

    /** Returns the stop words of these languages. For a language without a list, only those of the user. */
    static TopicStopWords of(List<String> languages, List<String> extraWords) {
        TopicStopWords stopWords = new TopicStopWords();
        extraWords.forEach(word -> stopWords.extra.addAll(PostTokenizer.tokens(TextCleaner.clean(word))));
        stopWords.extra.remove(PostTokenizer.NUMBER);
        for (String code : languages) {
            Language language = new Language(code);
            if (language.hasStopWords()) {
                stopWords.byLanguage.put(code, words(language, stopWords.extra));
            }
        }
        return stopWords;
    }

    private static Set<String> words(Language language, Set<String> extra) {
        HashSet<String> words = new HashSet<>(extra);
        for (String listed : language.stopWords()) {
            String word = FoldedText.of(listed);
            words.add(word);
            if (language.equals(Language.ENGLISH)
                    && ENDINGS_WITHOUT_APOSTROPHE.stream().anyMatch(word::endsWith)) {
                words.add(word.replace("'", ""));
            }
        }
        return words;
    }

    Set<String> of(String language) {
        return byLanguage.getOrDefault(language, extra);
    }
}
