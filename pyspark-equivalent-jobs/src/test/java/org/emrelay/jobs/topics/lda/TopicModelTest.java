package org.emrelay.jobs.topics.lda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TopicModelTest {
    private static final TopicModel MODEL = new TopicModel(2, 3, 0.1, new float[] {.7f, .1f, .2f, .2f, .1f, .7f});

    @Test
    void infersTheTopicOfADocument() {
        double[] shares = MODEL.infer(new int[] {0, 0, Corpus.UNKNOWN, 1});

        assertThat(shares[0]).isGreaterThan(0.9);
        assertThat(shares[0] + shares[1]).isCloseTo(1, within(1e-9));
        assertThat(MODEL.infer(new int[] {Corpus.UNKNOWN})).containsExactly(0.5, 0.5);
    }

    @Test
    void likelihoodIsThatOfKnownWords() {
        assertThat(MODEL.logLikelihood(new int[] {0, Corpus.UNKNOWN}, new double[] {0.5, 0.5}))
                .isCloseTo(Math.log(0.4), within(1e-6));
    }

    @Test
    void topTermsAreTheMostProbable() {
        assertThat(MODEL.topTerms(0, 2)).containsExactly(0, 1);
        assertThat(MODEL.reordered(new int[] {1, 0}).topTerms(0, 2)).containsExactly(2, 1);
    }
}
