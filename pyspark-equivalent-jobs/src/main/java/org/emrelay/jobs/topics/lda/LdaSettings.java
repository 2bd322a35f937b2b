package org.emrelay.jobs.topics.lda;

/**
 * The settings for fitting a model.
 *
 * @param topics the number of topics
 * @param alpha the prior of the topics in a document: the smaller, the fewer topics a document has
 * @param beta the prior of the terms in a topic: the smaller, the fewer terms a topic has
 * @param sweeps the number of sweeps, each of which resamples the topics of all words
 */
public record LdaSettings(int topics, double alpha, double beta, int sweeps, long seed) {
    public static final int MAX_TOPICS = 100;

    public LdaSettings {
        if (topics < 1 || topics > MAX_TOPICS || alpha <= 0 || beta <= 0 || sweeps < 1) {
            throw new IllegalArgumentException("invalid settings");
        }
    }

    LdaSettings with(int otherTopics, long otherSeed) {
        return new LdaSettings(otherTopics, alpha, beta, sweeps, otherSeed);
    }
}
