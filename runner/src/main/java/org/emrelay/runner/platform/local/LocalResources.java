package org.emrelay.runner.platform.local;

import java.util.Locale;

/**
 * The cores and memory of this machine that steps may use.
 *
 * @param memoryMebibytes the total heap of all steps that run concurrently
 */
public record LocalResources(int cores, long memoryMebibytes) {
    private static final int MEBIBYTES_PER_GIBIBYTE = 1024;

    public LocalResources {
        if (cores < 1 || memoryMebibytes < 1) {
            throw new IllegalArgumentException(
                    "invalid resources: " + cores + " cores and " + memoryMebibytes + " MiB of memory");
        }
    }

    /** Formats an amount of memory for display: {@code 8G}, {@code 11.8G}, {@code 512m}. */
    static String memoryText(long mebibytes) {
        if (mebibytes < MEBIBYTES_PER_GIBIBYTE) {
            return mebibytes + "m";
        } else if (mebibytes % MEBIBYTES_PER_GIBIBYTE == 0) {
            return mebibytes / MEBIBYTES_PER_GIBIBYTE + "G";
        }
        return String.format(Locale.ROOT, "%.1fG", mebibytes / (double) MEBIBYTES_PER_GIBIBYTE);
    }
}
