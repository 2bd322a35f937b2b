package org.emrelay.runner.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words and phrases to search for. A phrase matches consecutive words, whatever separates them. */
final class TrackTerms {
    /** The words of each phrase, by its first word. */
    private final Map<String, List<List<String>>> phrases;

    private TrackTerms(Map<String, List<List<String>>> phrases) {
        this.phrases = phrases;
    }

    /** A term without a word, such as {@code "!"}, matches nothing. */
    static TrackTerms of(List<String> terms) {
        Map<String, List<List<String>>> phrases = new HashMap<>();
        for (String term : terms) {
            List<String> words = TextWords.split(term);
            if (!words.isEmpty()) {
                phrases.computeIfAbsent(words.get(0), first -> new ArrayList<>())
                        .add(words);
            }
        }
        return new TrackTerms(phrases);
    }

    boolean matches(String text) {
        List<String> words = TextWords.split(text);
        for (int i = 0; i < words.size(); i++) {
            for (List<String> phrase : phrases.getOrDefault(words.get(i), List.of())) {
                int end = i + phrase.size();
                if (end <= words.size() && words.subList(i, end).equals(phrase)) {
                    return true;
                }
            }
        }
        return false;
    }
}
