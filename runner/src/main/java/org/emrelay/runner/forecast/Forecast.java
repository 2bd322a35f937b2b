package org.emrelay.runner.forecast;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run is expected to take and to cost.
 *
 * @param elapsed from its start to the end of its last step
 * @param cost of its cluster in US dollars; null if it costs nothing or that is not known
 * @param runs how many earlier runs the forecast is based on
 */
public record Forecast(Duration elapsed, @Nullable BigDecimal cost, int runs) {
    public Forecast {
        Objects.requireNonNull(elapsed, "elapsed");
    }
}
