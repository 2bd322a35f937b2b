package org.emrelay.jobs.topics.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.topics.lda.Corpus;

/** The terms of a model, most frequent first. */
record TopicVocabulary(List<String> terms) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The weight of an average term, so that weights are small whole numbers. */
    private static final double MEAN_WEIGHT = 16;

    TopicVocabulary {
        terms = List.copyOf(terms);
    }

    /** Returns the most frequent terms within the bounds of the arguments; may be empty. */
    static TopicVocabulary of(Dataset<Row> tokens, long posts, TopicArguments arguments) {
        // An absolute number, because Spark interprets a maximum of 1.0 as one post, not as all posts.
        long most = (long) Math.floor(arguments.maxShare() * posts);
        boolean hasTokens =
                !tokens.filter("size(" + TokenizedPosts.TOKENS + ") > 0").isEmpty();
        // Spark rejects an empty vocabulary with an error about its own parameters.
        return !hasTokens || most < arguments.minPosts()
                ? new TopicVocabulary(List.of())
                : new TopicVocabulary(Arrays.asList(new CountVectorizer()
                        .setInputCol(TokenizedPosts.TOKENS)
                        .setOutputCol("counts")
                        .setVocabSize(arguments.vocabulary())
                        .setMinDF(arguments.minPosts())
                        .setMaxDF((double) most)
                        .fit(tokens)
                        .vocabulary()));
    }

    int size() {
        return terms.size();
    }

    Map<String, Integer> indexes() {
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            indexes.put(terms.get(i), i);
        }
        return indexes;
    }

    /** Returns the weight of each term: 1, or by its rarity. */
    static int[] weights(Corpus corpus, boolean idf) {
        int[] weights = new int[corpus.vocabulary()];
        Arrays.fill(weights, 1);
        if (!idf) {
            return weights;
        }
        int[] posts = posts(corpus);
        double[] inverse = new double[weights.length];
        double sum = 0;
        for (int term = 0; term < weights.length; term++) {
            inverse[term] = Math.log((corpus.size() + 1.0) / (posts[term] + 1.0));
            sum += inverse[term];
        }
        double mean = Math.max(1e-9, sum / Math.max(1, weights.length));
        for (int term = 0; term < weights.length; term++) {
            weights[term] = Math.max(1, (int) Math.round(MEAN_WEIGHT * inverse[term] / mean));
        }
        return weights;
    }

    /** Returns the number of posts that contain each term. */
    private static int[] posts(Corpus corpus) {
        int[] posts = new int[corpus.vocabulary()];
        int[] last = new int[corpus.vocabulary()];
        Arrays.fill(last, -1);
        for (int document = 0; document < corpus.size(); document++) {
            for (int i = corpus.offsets()[document]; i < corpus.offsets()[document + 1]; i++) {
                int term = corpus.terms()[i];
                if (term != Corpus.UNKNOWN && last[term] != document) {
                    last[term] = document;
                    posts[term]++;
                }
            }
        }
        return posts;
    }
}
