package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Words that say nothing about a year, whatever their case. */
record StopWords(Set<String> lowerCase) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What the covers of half of all books say. */
    private static final List<String> USUAL = List.of("book", "edition", "serie", "series", "volume", "vol", "guide");

    StopWords {
        lowerCase = Set.copyOf(lowerCase);
    }

    /** Those given, or the usual ones where none are. */
    static StopWords given(List<String> words) {
        return new StopWords((words.isEmpty() ? USUAL : words)
                .stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
    }

    boolean contain(String word) {
        return lowerCase.contains(word.toLowerCase(Locale.ROOT));
    }
}
