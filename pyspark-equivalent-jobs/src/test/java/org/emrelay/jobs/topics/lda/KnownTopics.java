package org.emrelay.jobs.topics.lda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emrelay.jobs.random.KeyedRandom;

/**
 * Posts from known topics: each has words of one topic and of everyday language, common ones more often.
 *
 * @param labels the topic of each document
 */
@SuppressWarnings("ArrayRecordComponent") // Indexed by document, and never compared.
record KnownTopics(Corpus corpus, int[] labels) {
    private static final int TOPIC_WORDS = 60;
    private static final int EVERYDAY_WORDS = 150;
    private static final int ON_TOPIC_PERCENT = 60;

    static KnownTopics of(int topics, int posts, long seed) {
        KeyedRandom random = new KeyedRandom(seed, 7, topics);
        List<int[]> documents = new ArrayList<>();
        int[] labels = new int[posts];
        for (int post = 0; post < posts; post++) {
            labels[post] = random.nextBelow(topics);
            int[] words = new int[5 + random.nextBelow(10)];
            for (int i = 0; i < words.length; i++) {
                words[i] = random.nextBoolean(ON_TOPIC_PERCENT)
                        ? EVERYDAY_WORDS + labels[post] * TOPIC_WORDS + common(TOPIC_WORDS, random)
                        : common(EVERYDAY_WORDS, random);
            }
            documents.add(words);
        }
        return new KnownTopics(Corpus.of(EVERYDAY_WORDS + topics * TOPIC_WORDS, documents), labels);
    }

    private static int common(int words, KeyedRandom random) {
        return (int) (words * random.nextDouble() * random.nextDouble());
    }

    /** Normalized mutual information of the known topics and the dominant topics of a model. */
    double nmi(TopicModel model) {
        int known = 1 + Arrays.stream(labels).max().orElse(0);
        double[][] joint = new double[known][model.topics()];
        for (int post = 0; post < labels.length; post++) {
            double[] shares = model.infer(corpus.document(post));
            int dominant = 0;
            for (int topic = 1; topic < shares.length; topic++) {
                dominant = shares[topic] > shares[dominant] ? topic : dominant;
            }
            joint[labels[post]][dominant] += 1.0 / labels.length;
        }
        double[] ofKnown = new double[known];
        double[] ofModel = new double[model.topics()];
        for (int i = 0; i < known; i++) {
            for (int j = 0; j < model.topics(); j++) {
                ofKnown[i] += joint[i][j];
                ofModel[j] += joint[i][j];
            }
        }
        double information = 0;
        for (int i = 0; i < known; i++) {
            for (int j = 0; j < model.topics(); j++) {
                if (joint[i][j] > 0) {
                    information += joint[i][j] * Math.log(joint[i][j] / (ofKnown[i] * ofModel[j]));
                }
            }
        }
        return 2 * information / (entropy(ofKnown) + entropy(ofModel));
    }

    private static double entropy(double[] shares) {
        double entropy = 0;
        for (double share : shares) {
            entropy -= share <= 0 ? 0 : share * Math.log(share);
        }
        return entropy;
    }
}
