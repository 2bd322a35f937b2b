package org.emrelay.tables;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests the known name closest to a misspelled one. */
public final class Suggestion {
    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Suggestion() {}

    /** Returns " Did you mean …?", or an empty string if no known name is close. */
    public static String didYouMean(String given, Collection<String> known) {
        return nearest(given, known).map(name -> " Did you mean " + name + "?").orElse("");
    }

    private static Optional<String> nearest(String given, Collection<String> known) {
        int maxDistance = Math.max(2, given.length() / 3);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(given, name)))
                .filter(name -> distance(given, name) <= maxDistance);
    }

    private static int distance(String given, String name) {
        return DISTANCE.apply(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }
}
