package org.emrelay.runner.stream;

import java.math.BigDecimal;
import org.emrelay.runner.model.StreamSource;

/** What a source charges for each post that it sends, wanted or not. */
public final class SourcePrice {
    /** Pay per use: https://docs.x.com/x-api/getting-started/pricing, read in November 2026. */
    private static final BigDecimal X = new BigDecimal("0.005");

    private SourcePrice() {}

    /** Dollars for one post. */
    public static BigDecimal perPost(StreamSource source) {
        return source instanceof StreamSource.X ? X : BigDecimal.ZERO;
    }

    public static BigDecimal of(StreamSource source, long posts) {
        return perPost(source).multiply(BigDecimal.valueOf(posts));
    }
}
