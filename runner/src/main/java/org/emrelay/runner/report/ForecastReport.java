package org.emrelay.runner.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.emrelay.runner.forecast.Forecast;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.jspecify.annotations.Nullable;

/** Formats the expected duration and cost of a run. */
public record ForecastReport(Forecast forecast) {

    /** {@code 3 min 07 s, $0.42}. */
    public String text() {
        return Quantities.duration(forecast.elapsed())
                + (forecast.cost() == null ? "" : ", " + PriceRange.format(forecast.cost()));
    }

    /** {@code Forecast from the last 5 runs: 3 min 07 s, $0.42}. */
    public String sentence() {
        return "Forecast from the last " + Quantities.count(forecast.runs(), "run") + ": " + text();
    }

    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("elapsed_seconds", forecast.elapsed().toMillis() / 1000.0);
        document.put("cost", forecast.cost());
        document.put("runs", forecast.runs());
        return document;
    }

    /** {@code about 45 s left}. */
    public static String remaining(Duration remaining) {
        return remaining.isZero() ? "longer than forecast" : "about " + Quantities.duration(remaining) + " left";
    }
}
