package org.emrelay.jobs.topics.filter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.emrelay.jobs.topics.text.PostWords;
import org.emrelay.jobs.topics.text.TextCleaner;

/**
 * Finds unwanted words and phrases in posts; matches whole words only.
 *
 * <p>Terms and posts are cleaned the same way, so neither case nor punctuation between words matters. URLs are not searched. A mention
 * matches only a term that starts with {@code @}.
 */
final class UnwantedTerms implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The terms by their first word, in the order of the file. */
    private final HashMap<String, ArrayList<Term>> byFirstWord = new HashMap<>();

    private UnwantedTerms() {}

    /** Returns the terms; each must contain a word. */
    static UnwantedTerms of(List<String> terms) {
        UnwantedTerms unwanted = new UnwantedTerms();
        for (String term : terms) {
            List<String> words = words(term);
            if (words.isEmpty()) {
                throw new IllegalArgumentException("no word in '" + term + "'");
            }
            unwanted.byFirstWord
                    .computeIfAbsent(words.get(0), first -> new ArrayList<>())
                    .add(new Term(term, words));
        }
        return unwanted;
    }

    static boolean hasWord(String term) {
        return !words(term).isEmpty();
    }

    /** Returns the first term found in the words of a post. */
    Optional<String> find(List<String> words) {
        if (byFirstWord.isEmpty()) {
            return Optional.empty();
        }
        for (int start = 0; start < words.size(); start++) {
            ArrayList<Term> terms = byFirstWord.get(words.get(start));
            if (terms != null) {
                for (Term term : terms) {
                    if (term.isAt(words, start)) {
                        return Optional.of(term.text());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> words(String term) {
        return PostWords.of(TextCleaner.cleanWithMentions(term));
    }

    private record Term(String text, List<String> words) implements Serializable {
        private Term {
            words = List.copyOf(words);
        }

        private boolean isAt(List<String> post, int start) {
            int end = start + words.size();
            return end <= post.size() && post.subList(start, end).equals(words);
        }
    }
}
