package org.emrelay.jobs.page;

import java.util.Locale;

/** Figures as people write them. */
public final class Figures {
    private Figures() {}

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String decimal(double number, int places) {
        if (Double.isNaN(number)) {
            return "–";
        }
        String text = String.format(Locale.ROOT, "%,." + places + "f", number);
        // A minus is wider than a hyphen, and nothing is less than zero by nothing.
        return text.matches("-[0.]+") ? text.substring(1) : text.replace('-', '−');
    }

    public static String percent(double share) {
        double percent = 100 * share;
        return decimal(percent, percent != 0 && Math.abs(percent) < 10 ? 1 : 0) + " %";
    }
}
