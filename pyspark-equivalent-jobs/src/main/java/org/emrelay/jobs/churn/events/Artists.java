package org.emrelay.jobs.churn.events;

import java.util.List;

/** Names for as many artists as the real log knows, each of another name: soloists, bands, and who is both. */
final class Artists {
    /** As many as are heard in the full log. */
    static final int NUMBER = 38_337;

    // Shares no factor with NUMBER, so that the kinds of names are spread over the ranks of popularity.
    private static final long STRIDE = 7_919;

    private Artists() {}

    /** @param rank 0 is who is heard most */
    static String name(int rank) {
        int left = (int) (rank * STRIDE % NUMBER);
        List<String> first = left % 2 == 0 ? Words.WOMEN : Words.MEN;
        int soloists = 2 * Words.WOMEN.size() * Words.SURNAMES.size();
        if (left < soloists) {
            return pair(first, Words.SURNAMES, left / 2, " ");
        }
        left -= soloists;
        int bands = Words.QUALITIES.size() * Words.THINGS.size();
        if (left < bands) {
            return "The " + pair(Words.QUALITIES, Words.THINGS, left, " ") + "s";
        }
        left -= bands;
        if (left < bands) {
            return pair(Words.QUALITIES, Words.THINGS, left, " ");
        }
        return pair(Words.SURNAMES, Words.THINGS, left - bands, " & The ") + "s";
    }

    private static String pair(List<String> left, List<String> right, int number, String between) {
        return left.get(number % left.size()) + between + right.get(number / left.size() % right.size());
    }
}
