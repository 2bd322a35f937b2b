package org.emrelay.runner.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody most likely meant by a word that is not known. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code Did you mean 'words'?}, or nothing when no known word is near. */
    public static String sentence(String written, Collection<String> known) {
        return nearest(written, known)
                .map(word -> "Did you mean '" + word + "'?")
                .orElse("");
    }

    public static Optional<String> nearest(String written, Collection<String> known) {
        int furthest = Math.max(2, written.length() / 3);
        return known.stream()
                .filter(word -> Math.abs(word.length() - written.length()) <= furthest)
                .filter(word -> distance(written, word) <= furthest && distance(written, word) < word.length())
                .min(Comparator.comparingInt((String word) -> distance(written, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Edits, a swap of two neighbours among them, that lead from one word to the other; capitals, dashes and underlines count for nothing. */
    private static int distance(String left, String right) {
        String from = folded(left);
        String to = folded(right);
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 ? j : j == 0 ? i : cheapest(edits, from, to, i, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int cheapest(int[][] edits, String from, String to, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }

    private static String folded(String word) {
        String shortened = word.length() > 64 ? word.substring(0, 64) : word;
        return shortened.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
