package org.emrelay.runner.stream;

import java.math.BigDecimal;
import org.emrelay.runner.model.StreamSource;

/** The price that a source charges for each post that it sends, including filtered posts. */
public final class SourcePrice {
    /** The pay-per-use price of November 2026: https://docs.x.com/x-api/getting-started/pricing */
    private static final BigDecimal X = new BigDecimal("0.005");

    private SourcePrice() {}

    /** The price of one post in dollars. */
    public static BigDecimal perPost(StreamSource source) {
        return source instanceof StreamSource.X ? X : BigDecimal.ZERO;
    }

    public static BigDecimal of(StreamSource source, long posts) {
        return perPost(source).multiply(BigDecimal.valueOf(posts));
    }
}
