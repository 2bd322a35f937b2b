package org.emrelay.runner.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the closest known name for a misspelled one. */
public final class Suggestion {
    private Suggestion() {}

    /** Returns {@code Did you mean 'words'?}, or an empty string if no known name is close. */
    public static String didYouMean(String name, Collection<String> known) {
        return nearest(name, known)
                .map(candidate -> "Did you mean '" + candidate + "'?")
                .orElse("");
    }

    public static Optional<String> nearest(String name, Collection<String> known) {
        int maxDistance = maxDistance(name.length());
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= maxDistance)
                .filter(candidate -> distance(name, candidate) <= maxDistance
                        && distance(name, candidate) < Math.min(candidate.length(), name.length()))
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Typing errors are few: most names of the same length differ in more characters than this. */
    private static int maxDistance(int length) {
        return length < 6 ? 1 : Math.max(2, length / 5);
    }

    /** The edit distance, where swapping two neighbours is one edit; case, dashes and underscores are ignored. */
    private static int distance(String left, String right) {
        String from = normalized(left);
        String to = normalized(right);
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 ? j : j == 0 ? i : minimumEdits(edits, from, to, i, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int minimumEdits(int[][] edits, String from, String to, int i, int j) {
        int substitution = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(substitution, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }

    private static String normalized(String name) {
        String prefix = name.length() > 64 ? name.substring(0, 64) : name;
        return prefix.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
