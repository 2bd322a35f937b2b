package org.emrelay.jobs.topics.lda;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Computes the coherence of topics, as the mean NPMI of their terms.
 *
 * <p>NPMI is normalized pointwise mutual information, from -1 to 1 (Bouma, 2009). The implementation is equivalent to gensim's
 * {@code c_npmi}: two terms co-occur if they are in the same sliding window of a document. The results differ
 * only in documents longer than the window: when a word leaves the window, gensim drops it even if the window contains it again.
 */
public final class Coherence {
    /** The size of the window in words, as in gensim. Most posts fit in one window. */
    private static final int WINDOW = 10;

    /** The same as in gensim: keeps the logarithm finite for terms that never co-occur. */
    private static final double EPSILON = 1e-12;

    private final int[] terms;
    private final int[] positions;
    private final int[] occurrences;
    private final int[][] together;
    private long windows;

    private Coherence(int vocabulary, int[] terms) {
        this.terms = terms;
        this.positions = new int[vocabulary];
        Arrays.fill(positions, -1);
        for (int i = 0; i < terms.length; i++) {
            positions[terms[i]] = i;
        }
        this.occurrences = new int[terms.length];
        this.together = new int[terms.length][terms.length];
    }

    /**
     * Returns the coherence of each topic.
     *
     * @param topics the top terms of each topic
     * @param reference the documents in which to count the terms, with unknown words, which count for the window size
     */
    public static double[] npmi(List<int[]> topics, Corpus reference) {
        TreeSet<Integer> terms = new TreeSet<>();
        topics.forEach(topic -> Arrays.stream(topic).forEach(terms::add));
        Coherence coherence = new Coherence(
                reference.vocabulary(),
                terms.stream().mapToInt(Integer::intValue).toArray());
        for (int document = 0; document < reference.size(); document++) {
            coherence.count(reference, reference.offsets()[document], reference.offsets()[document + 1]);
        }
        return topics.stream().mapToDouble(coherence::npmi).toArray();
    }

    private void count(Corpus reference, int start, int end) {
        BitSet window = new BitSet(terms.length);
        int last = Math.max(start, end - WINDOW);
        for (int first = start; first <= last; first++) {
            window.clear();
            for (int i = first; i < Math.min(end, first + WINDOW); i++) {
                int position = position(reference.terms()[i]);
                if (position >= 0) {
                    window.set(position);
                }
            }
            add(window);
        }
    }

    private int position(int term) {
        return term == Corpus.UNKNOWN ? -1 : positions[term];
    }

    private void add(BitSet window) {
        windows++;
        for (int one = window.nextSetBit(0); one >= 0; one = window.nextSetBit(one + 1)) {
            occurrences[one]++;
            for (int other = window.nextSetBit(one + 1); other >= 0; other = window.nextSetBit(other + 1)) {
                together[one][other]++;
            }
        }
    }

    private double npmi(int[] topic) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < topic.length; i++) {
            for (int j = i + 1; j < topic.length; j++) {
                sum += npmi(positions[topic[i]], positions[topic[j]]);
                pairs++;
            }
        }
        return pairs == 0 ? 0 : sum / pairs;
    }

    /** Returns the NPMI of two terms; 0 if one of them does not occur. */
    private double npmi(int one, int other) {
        if (occurrences[one] == 0 || occurrences[other] == 0) {
            return 0;
        }
        double joint = (double) together[Math.min(one, other)][Math.max(one, other)] / windows + EPSILON;
        double independent = (double) occurrences[one] / windows * ((double) occurrences[other] / windows);
        return Math.log(joint / independent) / -Math.log(joint);
    }
}
