package org.emrelay.jobs.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ShinglesTest {

    @Test
    void countsTheSharedPairsOfWords() {
        Shingles text = Shingles.of("one two three four five six");

        assertThat(text.size()).isEqualTo(5);
        assertThat(text.similarity(Shingles.of("One, two: three #four five SIX! https://t.co/x")))
                .isEqualTo(1);
        assertThat(text.similarity(Shingles.of("one two three four five six seven")))
                .isEqualTo(5.0 / 6, within(1e-12));
        assertThat(text.similarity(Shingles.of("one two three FOO five six"))).isEqualTo(3.0 / 7, within(1e-12));
        assertThat(text.similarity(Shingles.of("six five four three two one"))).isZero();
    }

    @Test
    void countsRepeatedPairsOnce() {
        assertThat(Shingles.of("go go go go").size()).isEqualTo(1);
    }

    @Test
    void aSingleWordHasNoPairs() {
        assertThat(Shingles.of("hello").size()).isZero();
        assertThat(Shingles.of("").similarity(Shingles.of(""))).isZero();
    }

    @Test
    void hashesAreAscendingIndicesOfAVector() {
        int[] hashes = Shingles.of("the quick brown fox jumps over the lazy dog and the quick cat")
                .hashes();

        assertThat(hashes).isSorted().doesNotHaveDuplicates().hasSize(11);
        assertThat(hashes[0]).isNotNegative();
        assertThat(hashes[hashes.length - 1]).isLessThan(Shingles.DIMENSIONS);
    }
}
