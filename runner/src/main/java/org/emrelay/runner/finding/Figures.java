package org.emrelay.runner.finding;

import java.util.Locale;

/** Formats figures for evidence. */
final class Figures {
    private Figures() {}

    static String millis(long millis) {
        return String.format(Locale.ROOT, millis < 9_950 ? "%.1f s" : "%,.0f s", millis / 1000.0);
    }

    /** Formats bytes in powers of 1,000, as in the rest of a report. */
    static String bytes(long bytes) {
        if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%.0f KB", bytes / 1e3);
        }
        return bytes < 1e9
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
