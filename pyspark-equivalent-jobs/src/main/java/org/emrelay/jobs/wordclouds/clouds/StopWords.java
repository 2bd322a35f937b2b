package org.emrelay.jobs.wordclouds.clouds;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Words excluded from the clouds, case-insensitively. */
record StopWords(Set<String> lowerCase) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Words on the covers of half of all books. */
    private static final List<String> DEFAULTS =
            List.of("book", "edition", "serie", "series", "volume", "vol", "guide");

    StopWords {
        lowerCase = Set.copyOf(lowerCase);
    }

    /** Returns the given stop words, or the defaults if there are none. */
    static StopWords orDefaults(List<String> words) {
        return new StopWords((words.isEmpty() ? DEFAULTS : words)
                .stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
    }

    boolean contains(String word) {
        return lowerCase.contains(word.toLowerCase(Locale.ROOT));
    }
}
