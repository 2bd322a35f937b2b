package org.emrelay.pages;

import java.util.Locale;

/** Formats numbers for reports. */
public final class NumberFormats {
    private NumberFormats() {}

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String decimal(double number, int decimals) {
        if (Double.isNaN(number)) {
            return "–";
        }
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", number);
        // U+2212 instead of a hyphen, and no negative zero.
        return text.matches("-[0.]+") ? text.substring(1) : text.replace('-', '−');
    }

    public static String percent(double share) {
        double percent = 100 * share;
        return decimal(percent, percent != 0 && Math.abs(percent) < 10 ? 1 : 0) + " %";
    }
}
