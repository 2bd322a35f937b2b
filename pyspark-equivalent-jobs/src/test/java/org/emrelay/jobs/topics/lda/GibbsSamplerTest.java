package org.emrelay.jobs.topics.lda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GibbsSamplerTest {
    private static int[] equalWeights(Corpus corpus) {
        int[] weights = new int[corpus.vocabulary()];
        Arrays.fill(weights, 1);
        return weights;
    }

    private static TopicModel fit(Corpus corpus, int topics, long seed, FitThreads threads) {
        return GibbsSampler.fit(corpus, new LdaSettings(topics, 0.1, 0.05, 60, seed), equalWeights(corpus), threads);
    }

    @Test
    void findsKnownTopics() {
        for (int topics : new int[] {2, 4, 7}) {
            KnownTopics known = KnownTopics.of(topics, 1_500, topics);
            List<TopicModel> models = new ArrayList<>();
            for (int seed = 0; seed < 3; seed++) {
                models.add(fit(known.corpus(), topics, seed, FitThreads.none()));
            }

            TopicModel best = TopicCountSelection.best(models, known.corpus()).get(0);
            assertThat(known.nmi(best)).isGreaterThan(0.9);
        }
    }

    @Test
    void theResultDependsOnlyOnTheSeedNotOnTheThreads() {
        Corpus corpus = KnownTopics.of(3, 10_000, 1).corpus();
        try (FitThreads four = FitThreads.of(4)) {
            assertThat(fit(corpus, 3, 5, four).probabilities())
                    .isEqualTo(fit(corpus, 3, 5, FitThreads.none()).probabilities());
        }
        assertThat(fit(corpus, 3, 5, FitThreads.none()).probabilities())
                .isNotEqualTo(fit(corpus, 3, 6, FitThreads.none()).probabilities());
    }

    @Test
    void probabilitiesOfATopicAddUpToOne() {
        Corpus corpus = Corpus.of(4, List.of(new int[] {0, 1, 0, 1}, new int[] {2, 3, 2}, new int[] {}, new int[] {0}));

        TopicModel model = fit(corpus, 2, 1, FitThreads.none());

        for (int topic = 0; topic < 2; topic++) {
            double sum = 0;
            for (int term = 0; term < 4; term++) {
                sum += model.probability(topic, term);
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void termsWithHigherWeightsDominate() {
        Corpus corpus = KnownTopics.of(2, 500, 1).corpus();
        int[] weights = equalWeights(corpus);
        weights[corpus.document(0)[0]] = 50;

        TopicModel model = GibbsSampler.fit(corpus, new LdaSettings(2, 0.1, 0.05, 30, 1), weights, FitThreads.none());

        assertThat(List.of(model.topTerms(0, 1)[0], model.topTerms(1, 1)[0])).contains(corpus.document(0)[0]);
    }

    @Test
    void onePostIsEnough() {
        Corpus corpus = Corpus.of(2, List.of(new int[] {0, 1}));

        assertThat(fit(corpus, 2, 1, FitThreads.none()).infer(new int[] {0, Corpus.UNKNOWN}))
                .hasSize(2);
    }
}
