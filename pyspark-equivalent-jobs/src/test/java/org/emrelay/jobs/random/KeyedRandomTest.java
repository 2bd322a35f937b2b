package org.emrelay.jobs.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyedRandomTest {
    @Test
    void mixMatchesTheReferenceImplementation() {
        // SplitMix64's first output for seed 0.
        assertThat(KeyedRandom.mix(0x9E3779B97F4A7C15L)).isEqualTo(0xE220A8397B1DCDAFL);
    }

    @Test
    void sequencesAreEqualOnlyForEqualKeys() {
        assertThat(new KeyedRandom(1, 2, 3).nextLong()).isEqualTo(new KeyedRandom(1, 2, 3).nextLong());
        Set<Long> firstNumbers = new HashSet<>();
        for (long key = 0; key < 100; key++) {
            firstNumbers.add(new KeyedRandom(key, 1000, 2000).nextLong());
            firstNumbers.add(new KeyedRandom(1000, key, 2000).nextLong());
            firstNumbers.add(new KeyedRandom(1000, 2000, key).nextLong());
        }
        assertThat(firstNumbers).hasSize(300);
    }

    @Test
    void numbersStayWithinBounds() {
        KeyedRandom random = new KeyedRandom(5, 0, 0);
        for (int draw = 0; draw < 10_000; draw++) {
            assertThat(random.nextBelow(7)).isBetween(0, 6);
            assertThat(random.nextDouble()).isGreaterThanOrEqualTo(0).isLessThan(1);
            assertThat(random.nextZipfRank(4, 6)).isBetween(16L, 127L);
        }
    }

    @Test
    void normalHasMeanZeroAndVarianceOne() {
        KeyedRandom random = new KeyedRandom(5, 0, 0);
        double sum = 0;
        double squares = 0;
        for (int draw = 0; draw < 10_000; draw++) {
            double number = random.nextGaussian();
            sum += number;
            squares += number * number;
        }
        assertThat(sum / 10_000).isBetween(-0.03, 0.03);
        assertThat(squares / 10_000).isBetween(0.96, 1.04);
    }
}
