package org.emrelay.runner.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateMeterTest {
    @Test
    void theRateIsThatOfTheLastTenSeconds() {
        RateMeter meter = new RateMeter();

        assertThat(meter.add(0, 0)).isZero();
        for (int second = 1; second <= 100; second++) {
            long count = second <= 50 ? second * 10L : 500;
            double rate = meter.add(Duration.ofSeconds(second).toNanos(), count);
            assertThat(rate).isEqualTo(second <= 50 ? 10 : Math.max(0, 60 - second));
        }
    }
}
