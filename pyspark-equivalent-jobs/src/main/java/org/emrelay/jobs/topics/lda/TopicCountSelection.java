package org.emrelay.jobs.topics.lda;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * The choice of the number of topics, by coherence on held-out documents and stability over seeds.
 *
 * @param candidates sorted by the number of topics
 * @param chosen the number of topics of the chosen candidate
 */
public record TopicCountSelection(List<Candidate> candidates, int chosen) {
    /** The number of top terms to compare: about as many as people read. */
    public static final int TERMS = 10;

    private static final int LIKELIHOOD_DOCUMENTS = 5_000;

    /**
     * The quality of models with the same number of topics.
     *
     * @param npmi the mean coherence of the topics for each seed
     * @param stability the mean overlap of the topics' terms between seeds
     */
    public record Candidate(int topics, List<Double> npmi, double stability) {
        public Candidate {
            npmi = List.copyOf(npmi);
        }

        public double meanNpmi() {
            return npmi.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        }

        /** Returns the standard error of the mean. */
        public double npmiError() {
            double mean = meanNpmi();
            double squares = npmi.stream()
                    .mapToDouble(value -> (value - mean) * (value - mean))
                    .sum();
            return npmi.size() < 2 ? 0 : Math.sqrt(squares / (npmi.size() - 1) / npmi.size());
        }

        /** Returns a score that is high for coherent topics that other seeds find too. Rescales NPMI, which can be negative, to 0 to 1. */
        double score() {
            return (1 + meanNpmi()) / 2 * stability;
        }
    }

    public TopicCountSelection {
        candidates = List.copyOf(candidates);
    }

    /**
     * Fits all candidates, and chooses the best.
     *
     * @param train documents without unknown words
     * @param heldOut documents with unknown words
     * @param seeds the number of models to fit for each number of topics
     */
    public static TopicCountSelection choose(
            Corpus train,
            Corpus heldOut,
            LdaSettings settings,
            int min,
            int max,
            int seeds,
            int[] weights,
            FitThreads threads) {
        List<Callable<TopicModel>> fits = new ArrayList<>();
        // The longest fits start first, so that the threads finish at about the same time.
        for (int topics = max; topics >= min; topics--) {
            for (int seed = 0; seed < seeds; seed++) {
                LdaSettings fit = settings.with(topics, settings.seed() + seed);
                fits.add(() -> GibbsSampler.fit(train, fit, weights, FitThreads.none()));
            }
        }
        List<TopicModel> models = threads.awaitAll(fits);
        List<Callable<Candidate>> evaluations = new ArrayList<>();
        for (int topics = min; topics <= max; topics++) {
            int first = (max - topics) * seeds;
            List<TopicModel> fitted = models.subList(first, first + seeds);
            evaluations.add(() -> candidate(best(fitted, train), heldOut));
        }
        List<Candidate> candidates = threads.awaitAll(evaluations);
        return new TopicCountSelection(candidates, chosen(candidates));
    }

    /**
     * Returns the better half of models that differ only in their seed, best first. A sampler can get stuck in a local optimum that merges
     * two topics.
     */
    public static List<TopicModel> best(List<TopicModel> models, Corpus train) {
        IdentityHashMap<TopicModel, Double> likelihoods = new IdentityHashMap<>();
        models.forEach(model -> likelihoods.put(model, logLikelihood(model, train)));
        return models.stream()
                .sorted(Comparator.comparingDouble(model -> -Objects.requireNonNull(likelihoods.get(model))))
                .limit(models.size() / 2 + 1)
                .toList();
    }

    /** Returns the log likelihood of the first documents, which are a random sample. */
    private static double logLikelihood(TopicModel model, Corpus train) {
        double sum = 0;
        for (int document = 0; document < Math.min(LIKELIHOOD_DOCUMENTS, train.size()); document++) {
            int[] terms = train.document(document);
            sum += model.logLikelihood(terms, model.infer(terms));
        }
        return sum;
    }

    /** Evaluates models with the same number of topics. */
    public static Candidate candidate(List<TopicModel> models, Corpus heldOut) {
        return new Candidate(
                models.get(0).topics(),
                models.stream().map(model -> mean(npmi(model, heldOut))).toList(),
                Stability.of(models, TERMS));
    }

    /** Returns the coherence of each topic of a model. */
    public static double[] npmi(TopicModel model, Corpus heldOut) {
        List<int[]> tops = new ArrayList<>();
        for (int topic = 0; topic < model.topics(); topic++) {
            tops.add(model.topTerms(topic, TERMS));
        }
        return Coherence.npmi(tops, heldOut);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static int chosen(List<Candidate> candidates) {
        Candidate best = candidates.get(0);
        for (Candidate candidate : candidates) {
            if (candidate.score() > best.score()) {
                best = candidate;
            }
        }
        return best.topics();
    }
}
