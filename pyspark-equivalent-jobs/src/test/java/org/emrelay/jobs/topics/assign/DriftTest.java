package org.emrelay.jobs.topics.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.emrelay.jobs.topics.model.AssignmentFigures;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static Drift drift(List<Long> before, List<Long> now) {
        return Drift.of(new AssignmentFigures(before, 0, 1, 0), new AssignmentFigures(now, 0, 1, 0), 1);
    }

    @Test
    void equalSharesHaveNoDrift() {
        Drift drift = drift(List.of(500L, 500L), List.of(50L, 50L));

        assertThat(drift.divergence()).isZero();
        assertThat(drift.isSignificant()).isFalse();
    }

    @Test
    void aFewPostsCanDifferByChance() {
        assertThat(drift(List.of(500L, 500L), List.of(6L, 4L)).isSignificant()).isFalse();
        assertThat(drift(List.of(500L, 500L), List.of(600L, 400L)).isSignificant())
                .isTrue();
    }

    @Test
    void differentTopicsDriftMost() {
        assertThat(drift(List.of(10L, 0L), List.of(0L, 10L)).divergence()).isCloseTo(1, within(1e-9));
    }
}
