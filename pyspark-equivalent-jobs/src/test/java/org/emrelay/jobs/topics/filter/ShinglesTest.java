package org.emrelay.jobs.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.emrelay.jobs.random.KeyedRandom;
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

    @Test
    void sketchesNeverExcludeASimilarity() {
        for (int index = 0; index < 200; index++) {
            KeyedRandom random = new KeyedRandom(1, 0, index);
            Shingles one = Shingles.of(text(random));
            Shingles other = Shingles.of(text(random));

            double greatest = Shingles.greatestSimilarity(one.size(), one.sketch(), other.size(), other.sketch());

            assertThat(greatest).isGreaterThanOrEqualTo(one.similarity(other)).isLessThanOrEqualTo(1);
        }
        assertThat(Shingles.greatestSimilarity(10, 0b1111, 5, 0b1111)).isEqualTo(0.5);
        assertThat(Shingles.greatestSimilarity(4, 0b1111, 4, 0b11110000)).isZero();
    }

    /** Returns a text with so few different words that many pairs occur twice. */
    private static String text(KeyedRandom random) {
        StringBuilder text = new StringBuilder();
        for (int word = 5 + random.nextBelow(100); word > 0; word--) {
            text.append("w").append(random.nextBelow(6)).append(' ');
        }
        return text.toString();
    }
}
