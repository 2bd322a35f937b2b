package org.emrelay.jobs.topics.lda;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Topics as distributions over terms.
 *
 * @param alpha the prior of the topics in a document
 * @param probabilities the probabilities of terms in topics: those of term 0 in all topics, then those of term 1, and so on
 */
@SuppressWarnings("ArrayRecordComponent") // Compact: it is sent to all executors, and is never compared.
public record TopicModel(int topics, int vocabulary, double alpha, float[] probabilities) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int INFERENCE_ROUNDS = 50;
    private static final double CONVERGED = 1e-4;

    public TopicModel {
        if (probabilities.length != topics * vocabulary) {
            throw new IllegalArgumentException("expected a probability for each term and topic");
        }
    }

    public double probability(int topic, int term) {
        return probabilities[term * topics + topic];
    }

    /** Returns the most probable terms of a topic, most probable first. */
    public int[] topTerms(int topic, int count) {
        return IntStream.range(0, vocabulary)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer term) -> -probability(topic, term))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Infers the shares of the topics in a document by expectation maximization, with the topics fixed.
     *
     * @param terms may contain {@link Corpus#UNKNOWN}; if no term is known, all topics get equal shares
     */
    public double[] infer(int[] terms) {
        double[] shares = new double[topics];
        Arrays.fill(shares, 1.0 / topics);
        double[] counts = new double[topics];
        double[] posterior = new double[topics];
        for (int round = 0; round < INFERENCE_ROUNDS; round++) {
            Arrays.fill(counts, alpha);
            double total = topics * alpha;
            for (int term : terms) {
                if (term != Corpus.UNKNOWN && addPosterior(term, shares, posterior, counts)) {
                    total++;
                }
            }
            double change = 0;
            for (int topic = 0; topic < topics; topic++) {
                double share = counts[topic] / total;
                change = Math.max(change, Math.abs(share - shares[topic]));
                shares[topic] = share;
            }
            if (change < CONVERGED) {
                break;
            }
        }
        return shares;
    }

    private boolean addPosterior(int term, double[] shares, double[] posterior, double[] counts) {
        double sum = 0;
        for (int topic = 0; topic < topics; topic++) {
            posterior[topic] = shares[topic] * probabilities[term * topics + topic];
            sum += posterior[topic];
        }
        if (sum <= 0) {
            return false;
        }
        for (int topic = 0; topic < topics; topic++) {
            counts[topic] += posterior[topic] / sum;
        }
        return true;
    }

    /** Returns the log likelihood of a document's known words, given the shares of its topics. */
    public double logLikelihood(int[] terms, double[] shares) {
        double sum = 0;
        for (int term : terms) {
            if (term != Corpus.UNKNOWN) {
                double probability = 0;
                for (int topic = 0; topic < topics; topic++) {
                    probability += shares[topic] * probability(topic, term);
                }
                sum += Math.log(Math.max(probability, Float.MIN_NORMAL));
            }
        }
        return sum;
    }

    @Override
    public String toString() {
        return topics + " topics of " + vocabulary + " terms";
    }

    /** Returns the same model with its topics in another order. */
    public TopicModel reordered(int[] order) {
        float[] reordered = new float[probabilities.length];
        for (int term = 0; term < vocabulary; term++) {
            for (int topic = 0; topic < topics; topic++) {
                reordered[term * topics + topic] = probabilities[term * topics + order[topic]];
            }
        }
        return new TopicModel(topics, vocabulary, alpha, reordered);
    }
}
