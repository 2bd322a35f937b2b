package org.emrelay.jobs;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What someone who misspelt a name most likely meant, so that an error can say it. */
public final class Suggestion {
    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Suggestion() {}

    /** A sentence with a leading space, or nothing where no known name is near. */
    public static String sentence(String given, Collection<String> known) {
        return nearest(given, known).map(name -> " Did you mean " + name + "?").orElse("");
    }

    private static Optional<String> nearest(String given, Collection<String> known) {
        int furthest = Math.max(2, given.length() / 3);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(given, name)))
                .filter(name -> distance(given, name) <= furthest);
    }

    private static int distance(String given, String name) {
        return DISTANCE.apply(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }
}
