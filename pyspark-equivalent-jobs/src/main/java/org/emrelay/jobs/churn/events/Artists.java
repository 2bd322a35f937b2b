package org.emrelay.jobs.churn.events;

import java.util.List;

/** Generates unique names for as many artists as the real log has: soloists, bands and combinations. */
final class Artists {
    /** The number of artists in the full log. */
    static final int NUMBER = 38_337;

    // Coprime to NUMBER, so the kinds of names are spread over the popularity ranks.
    private static final long STRIDE = 7_919;

    private Artists() {}

    /** @param rank 0 is the most popular artist */
    static String name(int rank) {
        int index = (int) (rank * STRIDE % NUMBER);
        List<String> first = index % 2 == 0 ? Vocabulary.FEMALE_NAMES : Vocabulary.MALE_NAMES;
        int soloists = 2 * Vocabulary.FEMALE_NAMES.size() * Vocabulary.SURNAMES.size();
        if (index < soloists) {
            return pair(first, Vocabulary.SURNAMES, index / 2, " ");
        }
        index -= soloists;
        int bands = Vocabulary.ADJECTIVES.size() * Vocabulary.NOUNS.size();
        if (index < bands) {
            return "The " + pair(Vocabulary.ADJECTIVES, Vocabulary.NOUNS, index, " ") + "s";
        }
        index -= bands;
        if (index < bands) {
            return pair(Vocabulary.ADJECTIVES, Vocabulary.NOUNS, index, " ");
        }
        return pair(Vocabulary.SURNAMES, Vocabulary.NOUNS, index - bands, " & The ") + "s";
    }

    private static String pair(List<String> left, List<String> right, int combination, String separator) {
        return left.get(combination % left.size()) + separator + right.get(combination / left.size() % right.size());
    }
}
