package org.emrelay.jobs.topics.lda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.jobs.topics.lda.TopicCountSelection.Candidate;
import org.junit.jupiter.api.Test;

class TopicCountSelectionTest {
    private static final int POSTS = 1_200;

    @Test
    void choosesTheKnownNumberOfTopicsPlusOrMinusOneForNineOfTenSeeds() {
        long close = IntStream.range(0, 10)
                .map(seed -> Math.abs(chosen(4, seed) - 4))
                .filter(difference -> difference <= 1)
                .count();

        assertThat(close).isGreaterThanOrEqualTo(9);
    }

    private static int chosen(int topics, int seed) {
        Corpus corpus = KnownTopics.of(topics, POSTS, seed).corpus();
        int[] weights = new int[corpus.vocabulary()];
        Arrays.fill(weights, 1);
        try (FitThreads threads = FitThreads.of(2)) {
            return TopicCountSelection.choose(
                            corpus.select(IntStream.range(0, POSTS * 4 / 5).toArray()),
                            corpus.select(IntStream.range(POSTS * 4 / 5, POSTS).toArray()),
                            new LdaSettings(2, 0.1, 0.05, 40, seed),
                            2,
                            7,
                            5,
                            weights,
                            threads)
                    .chosen();
        }
    }

    @Test
    void errorIsTheStandardErrorOfTheMean() {
        Candidate candidate = new Candidate(3, List.of(0.1, 0.2, 0.3), 0.5);

        assertThat(candidate.meanNpmi()).isEqualTo(0.2, within(1e-12));
        assertThat(candidate.npmiError()).isEqualTo(0.1 / Math.sqrt(3), within(1e-12));
        assertThat(new Candidate(3, List.of(0.1), 1).npmiError()).isZero();
    }

    @Test
    void stabilityIsTheOverlapOfMatchedTopics() {
        TopicModel model = new TopicModel(2, 4, 0.1, new float[] {.5f, 0, .5f, 0, 0, .5f, 0, .5f});

        assertThat(Stability.of(List.of(model, model.reordered(new int[] {1, 0})), 2))
                .isEqualTo(1);
        TopicModel other = new TopicModel(2, 4, 0.1, new float[] {.5f, 0, 0, .5f, .5f, 0, 0, .5f});
        assertThat(Stability.of(List.of(model, other), 2)).isEqualTo(1 / 3.0);
    }
}
