package org.emrelay.jobs.topics.text;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.emrelay.jobs.language.Language;

/**
 * Detects the language of a post by its stop words.
 *
 * <p>The post must contain more stop words of that language than of any other: at least three, and at least a fifth of its words.
 * The language of most very short posts, and of posts in a language without a list, remains unknown.
 */
public final class LanguageDetector implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MIN_STOP_WORDS = 3;
    private static final int WORDS_PER_STOP_WORD = 5;

    private final List<String> languages;
    /** The languages of each stop word, as a bit set. */
    private final HashMap<String, Integer> languagesByWord = new HashMap<>();

    public LanguageDetector() {
        this.languages = Language.codes();
        TopicStopWords stopWords = TopicStopWords.of(languages, List.of());
        for (int index = 0; index < languages.size(); index++) {
            int bit = 1 << index;
            for (String word : stopWords.of(languages.get(index))) {
                languagesByWord.merge(word, bit, (one, other) -> one | other);
            }
        }
    }

    /** Returns the code of the language of a cleaned post. */
    public Optional<String> detect(String cleaned) {
        return detect(PostTokenizer.tokens(cleaned));
    }

    Optional<String> detect(List<String> tokens) {
        int[] counts = new int[languages.size()];
        int words = 0;
        for (String token : tokens) {
            if (!token.equals(PostTokenizer.NUMBER)) {
                words++;
                int bits = languagesByWord.getOrDefault(token, 0);
                for (; bits != 0; bits &= bits - 1) {
                    counts[Integer.numberOfTrailingZeros(bits)]++;
                }
            }
        }
        return best(counts, words);
    }

    private Optional<String> best(int[] counts, int words) {
        int best = 0;
        boolean isTied = false;
        for (int index = 1; index < counts.length; index++) {
            if (counts[index] > counts[best]) {
                best = index;
                isTied = false;
            } else if (counts[index] == counts[best]) {
                isTied = true;
            }
        }
        boolean isFound = !isTied && counts[best] >= MIN_STOP_WORDS && counts[best] * WORDS_PER_STOP_WORD >= words;
        return isFound ? Optional.of(languages.get(best)) : Optional.empty();
    }
}
