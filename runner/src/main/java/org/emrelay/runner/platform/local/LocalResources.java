package org.emrelay.runner.platform.local;

import java.util.Locale;

/**
 * How much of this machine the steps may use together.
 *
 * @param memoryMebibytes for the heaps of all steps that run at one time
 */
public record LocalResources(int cores, long memoryMebibytes) {
    private static final int MEBIBYTES_A_GIBIBYTE = 1024;

    public LocalResources {
        if (cores < 1 || memoryMebibytes < 1) {
            throw new IllegalArgumentException(
                    "no machine has " + cores + " cores and " + memoryMebibytes + " MiB of memory");
        }
    }

    /** An amount of memory for people: {@code 8G}, {@code 11.8G}, {@code 512m}. */
    static String memoryText(long mebibytes) {
        if (mebibytes < MEBIBYTES_A_GIBIBYTE) {
            return mebibytes + "m";
        } else if (mebibytes % MEBIBYTES_A_GIBIBYTE == 0) {
            return mebibytes / MEBIBYTES_A_GIBIBYTE + "G";
        }
        return String.format(Locale.ROOT, "%.1fG", mebibytes / (double) MEBIBYTES_A_GIBIBYTE);
    }
}
