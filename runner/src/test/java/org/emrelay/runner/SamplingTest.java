package org.emrelay.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplingTest {
    private static final List<Integer> CASES =
            IntStream.rangeClosed(1, 100).boxed().toList();

    @Test
    void exhaustiveTestsTryAllCases() {
        Sampling sampling = new Sampling("numbers", true, 7);

        assertThat(sampling.choose(3, CASES)).isEqualTo(CASES);
        assertThat(sampling.summary("SomeTest")).isEqualTo("SomeTest: 100 of 100 numbers tried");
    }

    @Test
    void aSampleHasTheFirstTheLastAndOneOfEachKindInOrder() {
        for (int seed = 0; seed < 100; seed++) {
            List<Integer> sample = new Sampling("numbers", false, seed).choose(20, CASES, number -> number % 10);

            assertThat(sample)
                    .hasSize(20)
                    .startsWith(1)
                    .endsWith(100)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(sample.stream().map(number -> number % 10).distinct()).hasSize(10);
        }
    }

    @Test
    void everyKindIsTriedEvenIfTheSampleIsSmaller() {
        assertThat(new Sampling("numbers", false, 7).choose(3, CASES, number -> number / 20))
                .hasSizeBetween(6, 7);
    }

    @Test
    void aSampleOfFewCasesHasAllOfThem() {
        Sampling sampling = new Sampling("numbers", false, 7);

        assertThat(sampling.choose(20, List.of(1, 2))).containsExactly(1, 2);
        assertThat(sampling.choose(20, List.of())).isEmpty();
    }

    @Test
    void equalSeedsGiveEqualSamples() {
        assertThat(new Sampling("numbers", false, 7).choose(20, CASES))
                .isEqualTo(new Sampling("numbers", false, 7).choose(20, CASES))
                .isNotEqualTo(new Sampling("numbers", false, 8).choose(20, CASES));
    }

    @Test
    void summaryTellsHowToRepeatTheSample() {
        Sampling sampling = new Sampling("numbers", false, 7);
        sampling.choose(20, CASES);
        sampling.choose(10, CASES);

        assertThat(sampling.summary("SomeTest"))
                .isEqualTo("SomeTest: 30 of 200 numbers tried (-Dtest.seed=7 repeats them, -Pexhaustive tries all)");
    }
}
