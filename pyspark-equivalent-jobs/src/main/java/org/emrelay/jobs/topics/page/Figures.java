package org.emrelay.jobs.topics.page;

import java.math.BigDecimal;
import java.math.MathContext;
import org.emrelay.pages.NumberFormats;

/** Formats numbers for the page, including unknown ones, and for its script. */
final class Figures {
    private static final MathContext PRECISION = new MathContext(4);

    private Figures() {}

    static String percent(double share) {
        if (!Double.isFinite(share)) {
            return "–";
        }
        return share > 0 && share < 0.001 ? "< 0.1 %" : NumberFormats.percent(share);
    }

    /** Formats a lift: {@code 0.8 ×}, {@code 12 ×}. */
    static String lift(double lift) {
        return NumberFormats.decimal(lift, lift < 10 ? 1 : 0) + " ×";
    }

    static String share(long part, long whole) {
        return whole == 0 ? "–" : percent(part / (double) whole);
    }

    static String posts(long posts) {
        return NumberFormats.count(posts) + (posts == 1 ? " post" : " posts");
    }

    /** Formats a JSON number with four significant digits. */
    static String exact(double value) {
        return new BigDecimal(value).round(PRECISION).toString();
    }
}
