package org.emrelay.runner.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.emrelay.runner.model.StreamDefinition.Limits;
import org.junit.jupiter.api.Test;

final class DeliveryLimitTest {
    @Test
    void aCostLimitIsReachedExactly() {
        assertThat(DeliveryLimit.of(new Limits(null, null, 20.0), 0.005))
                .isEqualTo(new DeliveryLimit(4_000, StreamEnd.COST_LIMIT));
        assertThat(DeliveryLimit.of(new Limits(null, null, 0.035), 0.005))
                .isEqualTo(new DeliveryLimit(7, StreamEnd.COST_LIMIT));
        assertThat(DeliveryLimit.of(new Limits(3_000L, null, 20.0), 0.005))
                .isEqualTo(new DeliveryLimit(3_000, StreamEnd.POSTS_LIMIT));
        assertThat(DeliveryLimit.of(new Limits(null, null, 20.0), null))
                .isEqualTo(new DeliveryLimit(Long.MAX_VALUE, StreamEnd.POSTS_LIMIT));
    }
}
