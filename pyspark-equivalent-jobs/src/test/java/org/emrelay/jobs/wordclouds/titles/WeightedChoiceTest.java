package org.emrelay.jobs.wordclouds.titles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.jobs.random.KeyedRandom;
import org.junit.jupiter.api.Test;

class WeightedChoiceTest {
    @Test
    void drawsByWeight() {
        WeightedChoice<Integer> choice = WeightedChoice.weighted(List.of(1, 3, 0, 6), weight -> weight);
        KeyedRandom random = new KeyedRandom(1, 1, 1);
        Map<Integer, Integer> chosen = new HashMap<>();
        for (int roll = 0; roll < 100_000; roll++) {
            chosen.merge(choice.choose(random), 1, Integer::sum);
        }

        assertThat(chosen).containsOnlyKeys(1, 3, 6);
        assertThat(chosen.get(1)).isCloseTo(10_000, within(1_000));
        assertThat(chosen.get(3)).isCloseTo(30_000, within(1_000));
        assertThat(chosen.get(6)).isCloseTo(60_000, within(1_000));
    }

    @Test
    void rejectsAnEmptyList() {
        assertThatThrownBy(() -> WeightedChoice.skewed(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("choices must not be empty");
    }
}
