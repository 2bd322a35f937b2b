package org.emrelay.jobs.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiceTest {
    @Test
    void mixesAsThePublishedGeneratorDoes() {
        // The first number of SplitMix64 for the seed 0.
        assertThat(Dice.mix(0x9E3779B97F4A7C15L)).isEqualTo(0xE220A8397B1DCDAFL);
    }

    @Test
    void rollsTheSameForTheSameKeysOnly() {
        assertThat(new Dice(1, 2, 3).next()).isEqualTo(new Dice(1, 2, 3).next());
        Set<Long> others = new HashSet<>();
        for (long key = 0; key < 100; key++) {
            others.add(new Dice(key, 1000, 2000).next());
            others.add(new Dice(1000, key, 2000).next());
            others.add(new Dice(1000, 2000, key).next());
        }
        assertThat(others).hasSize(300);
    }

    @Test
    void staysWithinItsBounds() {
        Dice dice = new Dice(5, 0, 0);
        for (int roll = 0; roll < 10_000; roll++) {
            assertThat(dice.below(7)).isBetween(0, 6);
            assertThat(dice.unit()).isGreaterThanOrEqualTo(0).isLessThan(1);
            assertThat(dice.rank(4, 6)).isBetween(16L, 127L);
        }
    }

    @Test
    void rollsNormalNumbersAroundZero() {
        Dice dice = new Dice(5, 0, 0);
        double sum = 0;
        double squares = 0;
        for (int roll = 0; roll < 10_000; roll++) {
            double number = dice.normal();
            sum += number;
            squares += number * number;
        }
        assertThat(sum / 10_000).isBetween(-0.03, 0.03);
        assertThat(squares / 10_000).isBetween(0.96, 1.04);
    }
}
