package org.emrelay.jobs.topics.posts;

import org.emrelay.jobs.random.KeyedRandom;

/** The frequency of each topic in an hour. The mix drifts, and is different in the later hours. */
final class TopicMix {
    private static final double DRIFT = 0.7;
    private static final int HOURS_PER_CYCLE = 24;
    private static final double NEW_TOPIC_SHARE = 0.3;

    private final double[] cumulativeWeights;

    /**
     * Creates the mix of an hour.
     *
     * @param topics the number of topics, without the new one
     */
    TopicMix(int topics, int hour, boolean isLater) {
        double[] weights = new double[isLater ? topics + 1 : topics];
        double sum = 0;
        for (int topic = 0; topic < topics; topic++) {
            double phase = (double) hour / HOURS_PER_CYCLE + (double) topic / topics;
            weights[topic] = 1 + DRIFT * StrictMath.sin(2 * StrictMath.PI * phase);
            if (isLater) {
                // The first topic becomes frequent, the last one rare.
                weights[topic] = topic == 0 ? 2 : topic == topics - 1 ? 0.3 : 1;
            }
            sum += weights[topic];
        }
        if (isLater) {
            weights[topics] = sum * NEW_TOPIC_SHARE / (1 - NEW_TOPIC_SHARE);
        }
        double before = 0;
        for (int topic = 0; topic < weights.length; topic++) {
            before += weights[topic];
            weights[topic] = before;
        }
        cumulativeWeights = weights;
    }

    int topic(KeyedRandom random) {
        double drawn = random.nextDouble() * cumulativeWeights[cumulativeWeights.length - 1];
        int topic = 0;
        while (topic < cumulativeWeights.length - 1 && cumulativeWeights[topic] <= drawn) {
            topic++;
        }
        return topic;
    }
}
