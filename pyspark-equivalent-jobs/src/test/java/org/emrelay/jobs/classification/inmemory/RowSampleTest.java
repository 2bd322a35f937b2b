package org.emrelay.jobs.classification.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.emrelay.jobs.random.KeyedRandom;
import org.junit.jupiter.api.Test;

class RowSampleTest {

    @Test
    void drawsWithReplacement() {
        int[] sample = RowSample.withReplacement(10_000, 1, new KeyedRandom(1, 0, 0));

        assertThat(sample).hasSize(10_000).isSorted();
        // A share of 1 - 1/e of the rows is expected.
        assertThat(Arrays.stream(sample).distinct().count()).isBetween(6_200L, 6_450L);
    }

    @Test
    void drawsWithoutReplacement() {
        int[] sample = RowSample.withoutReplacement(10_000, 0.3, new KeyedRandom(1, 0, 0));

        assertThat(sample).hasSize(3_000).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.stream(sample).average().orElseThrow()).isBetween(4_800.0, 5_200.0);
    }

    @Test
    void drawsAllRowsOrAtLeastOne() {
        assertThat(RowSample.withoutReplacement(3, 1, new KeyedRandom(1, 0, 0))).containsExactly(0, 1, 2);
        assertThat(RowSample.withoutReplacement(3, 0.01, new KeyedRandom(1, 0, 0)))
                .hasSize(1);
    }
}
