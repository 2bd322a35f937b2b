package org.emrelay.jobs.topics.filter;

import java.util.Arrays;
import java.util.List;
import org.emrelay.jobs.random.KeyedRandom;
import org.emrelay.jobs.topics.text.PostWords;
import org.emrelay.jobs.topics.text.TextCleaner;

/**
 * The set of a text's shingles: hashes of all pairs of adjacent words.
 *
 * <p>Two words per shingle, because posts are short. With three, replacing one word in a dozen would halve the similarity.
 */
final class Shingles {
    static final int WORDS = 2;

    /** The number of possible hashes. Spark's MinHash accepts indices below 2,038,074,743. */
    static final int DIMENSIONS = 1 << 30;

    private final int[] sortedHashes;

    private Shingles(int[] sortedHashes) {
        this.sortedHashes = sortedHashes;
    }

    static Shingles of(String post) {
        List<String> words = PostWords.of(TextCleaner.clean(post));
        if (words.size() < WORDS) {
            return new Shingles(new int[0]);
        }
        int[] hashes = new int[words.size() - 1];
        for (int index = 0; index < hashes.length; index++) {
            long pair = (long) words.get(index).hashCode() << Integer.SIZE
                    | Integer.toUnsignedLong(words.get(index + 1).hashCode());
            hashes[index] = (int) (KeyedRandom.mix(pair) & (DIMENSIONS - 1));
        }
        return new Shingles(Arrays.stream(hashes).sorted().distinct().toArray());
    }

    int size() {
        return sortedHashes.length;
    }

    /** Returns the hashes in ascending order. */
    int[] hashes() {
        return sortedHashes.clone();
    }

    /** Returns a bit set of the hashes modulo 64, to compare texts without their words. */
    long sketch() {
        long sketch = 0;
        for (int hash : sortedHashes) {
            sketch |= 1L << hash;
        }
        return sketch;
    }

    /**
     * Returns an upper bound on the similarity of two sets, from their sizes and sketches.
     *
     * <p>Each bit set in only one sketch comes from a shingle that is in only one set.
     */
    static double greatestSimilarity(int size, long sketch, int otherSize, long otherSketch) {
        int different = Math.max(Math.abs(size - otherSize), Long.bitCount(sketch ^ otherSketch));
        int both = size + otherSize;
        return (double) (both - different) / (both + different);
    }

    /** Returns the Jaccard similarity: the share of common shingles among those in either set. */
    double similarity(Shingles other) {
        int common = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < sortedHashes.length && theirs < other.sortedHashes.length) {
            int order = Integer.compare(sortedHashes[mine], other.sortedHashes[theirs]);
            common += order == 0 ? 1 : 0;
            mine += order <= 0 ? 1 : 0;
            theirs += order >= 0 ? 1 : 0;
        }
        int all = sortedHashes.length + other.sortedHashes.length - common;
        return all == 0 ? 0 : (double) common / all;
    }
}
