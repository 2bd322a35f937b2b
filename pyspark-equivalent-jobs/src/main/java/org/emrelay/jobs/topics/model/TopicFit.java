package org.emrelay.jobs.topics.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.emrelay.jobs.topics.lda.Corpus;
import org.emrelay.jobs.topics.lda.FitThreads;
import org.emrelay.jobs.topics.lda.GibbsSampler;
import org.emrelay.jobs.topics.lda.LdaSettings;
import org.emrelay.jobs.topics.lda.TopicCountSelection;
import org.emrelay.jobs.topics.lda.TopicCountSelection.Candidate;
import org.emrelay.jobs.topics.lda.TopicModel;
import org.jspecify.annotations.Nullable;

/**
 * A fitted model and its quality.
 *
 * @param model the model; its topics are sorted by size, largest first
 * @param shares the mean share of each topic over the posts
 * @param coherence the NPMI of each topic
 * @param quality the quality of the models with this number of topics
 * @param selection how the number of topics was chosen; null if it was given
 */
@SuppressWarnings("ArrayRecordComponent") // Indexed by topic, and never compared.
record TopicFit(
        TopicModel model,
        double[] shares,
        double[] coherence,
        Candidate quality,
        @Nullable TopicCountSelection selection) {
    private static final double DEFAULT_ALPHA = 0.1;
    private static final double DEFAULT_BETA = 0.05;

    /** The number of posts for choosing the number of topics. It is small enough to fit dozens of models. */
    private static final int SELECTION_POSTS = 20_000;

    /** Fits a model for a number of topics and a seed. */
    interface Fitter {
        TopicModel fit(int topics, long seed);
    }

    static TopicFit of(EncodedPosts posts, TopicArguments arguments, Fitter spark, FitThreads threads) {
        int[] weights = TopicVocabulary.weights(posts.train(), arguments.idf());
        TopicCountSelection selection =
                arguments.topics() == null ? selection(posts, arguments, weights, threads) : null;
        int topics = selection == null ? Objects.requireNonNull(arguments.topics(), "given") : selection.chosen();
        List<TopicModel> models = new ArrayList<>();
        List<Callable<TopicModel>> fits = new ArrayList<>();
        for (int i = 0; i < arguments.seeds(); i++) {
            long seed = arguments.seed() + i;
            if (arguments.method() == TopicArguments.Method.GIBBS) {
                fits.add(() ->
                        GibbsSampler.fit(posts.train(), settings(arguments, topics, seed), weights, FitThreads.none()));
            } else {
                models.add(spark.fit(topics, seed));
            }
        }
        models.addAll(threads.awaitAll(fits));
        List<TopicModel> best = TopicCountSelection.best(models, posts.train());
        double[] shares = shares(best.get(0), posts.train());
        int[] order = IntStream.range(0, topics)
                .boxed()
                .sorted(Comparator.comparingDouble(topic -> -shares[topic]))
                .mapToInt(Integer::intValue)
                .toArray();
        TopicModel model = best.get(0).reordered(order);
        return new TopicFit(
                model,
                IntStream.of(order).mapToDouble(topic -> shares[topic]).toArray(),
                TopicCountSelection.npmi(model, posts.reference()),
                TopicCountSelection.candidate(best, posts.reference()),
                selection);
    }

    private static LdaSettings settings(TopicArguments arguments, int topics, long seed) {
        return new LdaSettings(
                topics,
                arguments.alpha() == null ? DEFAULT_ALPHA : arguments.alpha(),
                arguments.beta() == null ? DEFAULT_BETA : arguments.beta(),
                arguments.iterations(),
                seed);
    }

    private static TopicCountSelection selection(
            EncodedPosts posts, TopicArguments arguments, int[] weights, FitThreads threads) {
        Corpus sample = posts.train()
                .select(IntStream.range(
                                0, Math.min(SELECTION_POSTS, posts.train().size()))
                        .toArray());
        int most = Math.min(arguments.maxTopics(), posts.train().size());
        return TopicCountSelection.choose(
                sample,
                posts.reference(),
                settings(arguments, arguments.minTopics(), arguments.seed()),
                Math.min(arguments.minTopics(), most),
                most,
                arguments.seeds(),
                weights,
                threads);
    }

    /** Returns the mean share of each topic over the posts. */
    private static double[] shares(TopicModel model, Corpus posts) {
        double[] shares = new double[model.topics()];
        for (int post = 0; post < posts.size(); post++) {
            double[] inferred = model.infer(posts.document(post));
            for (int topic = 0; topic < shares.length; topic++) {
                shares[topic] += inferred[topic] / posts.size();
            }
        }
        return shares;
    }
}
