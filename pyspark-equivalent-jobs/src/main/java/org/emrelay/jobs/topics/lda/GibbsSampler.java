package org.emrelay.jobs.topics.lda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.emrelay.jobs.random.KeyedRandom;

/**
 * Fits topics by collapsed Gibbs sampling (Griffiths and Steyvers, 2004).
 *
 * <p>Each sweep resamples the topic of each word, given the topics of all other words.
 *
 * <p>Samples shards of documents in parallel. Each shard sees the counts from before the sweep and its own changes (Newman et al., 2009).
 * The number of shards does not depend on the number of cores, so a seed gives the same topics on any machine.
 */
public final class GibbsSampler {
    private static final int SHARDS = 4;

    /** The minimum number of words in a shard. With fewer, threads would mostly wait for each other. */
    private static final int SHARD_WORDS = 20_000;

    /** The share of sweeps before sampling starts. Later samples are averaged, because a single one is noisy. */
    private static final double BURN_IN = 0.6;

    private static final int SAMPLE_INTERVAL = 5;

    private final Corpus corpus;
    private final LdaSettings settings;
    private final int[] weights;
    private final int topics;
    private final double alpha;
    private final double beta;
    private final byte[] assigned;
    private final int[] termTopics;
    private final long[] totals;
    private final double[] averaged;
    private final int[] shards;

    /** @param weights the weights of the terms, as small whole numbers */
    private GibbsSampler(Corpus corpus, LdaSettings settings, int[] weights) {
        this.corpus = corpus;
        this.settings = settings;
        this.weights = weights;
        this.topics = settings.topics();
        double unit = meanWeight(corpus, weights);
        this.alpha = settings.alpha() * unit;
        this.beta = settings.beta() * unit;
        this.assigned = new byte[corpus.terms().length];
        this.termTopics = new int[corpus.vocabulary() * topics];
        this.totals = new long[topics];
        this.averaged = new double[termTopics.length];
        this.shards = shards(corpus);
    }

    /** Priors are pseudo-counts of words, so they must scale with the weights. */
    private static double meanWeight(Corpus corpus, int[] weights) {
        return Arrays.stream(corpus.terms())
                .mapToLong(term -> weights[term])
                .average()
                .orElse(1);
    }

    private static int[] shards(Corpus corpus) {
        int count = Math.max(1, Math.min(SHARDS, corpus.terms().length / SHARD_WORDS));
        int[] starts = new int[count + 1];
        for (int shard = 0; shard <= count; shard++) {
            starts[shard] = (int) ((long) corpus.size() * shard / count);
        }
        return starts;
    }

    /**
     * Fits a model.
     *
     * @param corpus without unknown words
     * @param weights the weight of one occurrence of each term, in any unit
     */
    public static TopicModel fit(Corpus corpus, LdaSettings settings, int[] weights, FitThreads threads) {
        GibbsSampler sampler = new GibbsSampler(corpus, settings, weights);
        sampler.initialize();
        int burnIn = (int) (settings.sweeps() * BURN_IN);
        for (int sweep = 1; sweep <= settings.sweeps(); sweep++) {
            sampler.sweep(sweep, threads);
            if (sweep == settings.sweeps() || (sweep > burnIn && sweep % SAMPLE_INTERVAL == 0)) {
                sampler.addSample();
            }
        }
        return sampler.model();
    }

    private void initialize() {
        KeyedRandom random = new KeyedRandom(settings.seed(), 0, 0);
        for (int document = 0; document < corpus.size(); document++) {
            int topic = random.nextBelow(topics);
            for (int i = corpus.offsets()[document]; i < corpus.offsets()[document + 1]; i++) {
                int weight = weights[corpus.terms()[i]];
                assigned[i] = (byte) topic;
                termTopics[corpus.terms()[i] * topics + topic] += weight;
                totals[topic] += weight;
            }
        }
    }

    private void sweep(int number, FitThreads threads) {
        if (shards.length == 2) {
            new Shard(0, termTopics, totals).sample(number);
            return;
        }
        List<Shard> parts = new ArrayList<>();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int shard = 0; shard < shards.length - 1; shard++) {
            Shard part = new Shard(shard, termTopics.clone(), totals.clone());
            parts.add(part);
            tasks.add(() -> {
                part.sample(number);
                return null;
            });
        }
        threads.awaitAll(tasks);
        int[] before = termTopics.clone();
        long[] totalsBefore = totals.clone();
        for (Shard part : parts) {
            for (int i = 0; i < termTopics.length; i++) {
                termTopics[i] += part.counts[i] - before[i];
            }
            for (int topic = 0; topic < topics; topic++) {
                totals[topic] += part.sums[topic] - totalsBefore[topic];
            }
        }
    }

    private void addSample() {
        for (int i = 0; i < averaged.length; i++) {
            averaged[i] += termTopics[i];
        }
    }

    private TopicModel model() {
        double[] sums = new double[topics];
        for (int i = 0; i < averaged.length; i++) {
            sums[i % topics] += averaged[i];
        }
        double samples = Math.max(
                1, Arrays.stream(sums).sum() / Math.max(1, Arrays.stream(totals).sum()));
        float[] probabilities = new float[averaged.length];
        for (int i = 0; i < averaged.length; i++) {
            probabilities[i] = (float)
                    ((averaged[i] / samples + beta) / (sums[i % topics] / samples + beta * corpus.vocabulary()));
        }
        return new TopicModel(topics, corpus.vocabulary(), settings.alpha(), probabilities);
    }

    /** The documents that one thread samples. */
    private final class Shard {
        private final int number;
        private final int[] counts;
        private final long[] sums;

        Shard(int number, int[] counts, long[] sums) {
            this.number = number;
            this.counts = counts;
            this.sums = sums;
        }

        void sample(int sweep) {
            KeyedRandom random = new KeyedRandom(settings.seed(), sweep, number);
            double smoothing = beta * corpus.vocabulary();
            double[] inverses = new double[topics];
            for (int topic = 0; topic < topics; topic++) {
                inverses[topic] = 1 / (sums[topic] + smoothing);
            }
            int[] inDocument = new int[topics];
            double[] cumulative = new double[topics];
            int[] terms = corpus.terms();
            for (int document = shards[number]; document < shards[number + 1]; document++) {
                int start = corpus.offsets()[document];
                int end = corpus.offsets()[document + 1];
                Arrays.fill(inDocument, 0);
                for (int i = start; i < end; i++) {
                    inDocument[assigned[i]] += weights[terms[i]];
                }
                for (int i = start; i < end; i++) {
                    int weight = weights[terms[i]];
                    int row = terms[i] * topics;
                    int old = assigned[i];
                    inDocument[old] -= weight;
                    counts[row + old] -= weight;
                    sums[old] -= weight;
                    inverses[old] = 1 / (sums[old] + smoothing);
                    double sum = 0;
                    for (int topic = 0; topic < topics; topic++) {
                        sum += (inDocument[topic] + alpha) * (counts[row + topic] + beta) * inverses[topic];
                        cumulative[topic] = sum;
                    }
                    double drawn = random.nextDouble() * sum;
                    int topic = 0;
                    while (topic < topics - 1 && cumulative[topic] <= drawn) {
                        topic++;
                    }
                    assigned[i] = (byte) topic;
                    inDocument[topic] += weight;
                    counts[row + topic] += weight;
                    sums[topic] += weight;
                    inverses[topic] = 1 / (sums[topic] + smoothing);
                }
            }
        }
    }
}
