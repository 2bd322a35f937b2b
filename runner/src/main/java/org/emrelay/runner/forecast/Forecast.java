package org.emrelay.runner.forecast;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The expected duration and cost of a run.
 *
 * @param elapsed the time from its start to the end of its last step
 * @param cost the cost of its cluster in US dollars; null if it costs nothing or the cost is unknown
 * @param runs the number of earlier runs that the forecast is based on
 */
public record Forecast(Duration elapsed, @Nullable BigDecimal cost, int runs) {
    public Forecast {
        Objects.requireNonNull(elapsed, "elapsed");
    }
}
