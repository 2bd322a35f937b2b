package org.emrelay.runner.fakeaws.wire;

import java.util.Locale;

/** Ids that look like AWS's and are the same in every run. */
public final class Identifiers {
    private long next = 1;

    /** {@code sg-} and seventeen hexadecimal digits. */
    public String ec2(String prefix) {
        return prefix + "-0" + String.format(Locale.ROOT, "%016x", next++ * 0x9E3779B97F4A7C15L);
    }

    /** {@code j-}, {@code s-} or {@code if-} and thirteen letters and digits. */
    public String emr(String prefix) {
        return prefix + "-" + letters(13);
    }

    /** {@code AROA} and seventeen letters and digits. */
    public String iam(String prefix) {
        return prefix + letters(17);
    }

    public String plain() {
        return letters(32);
    }

    private String letters(int length) {
        StringBuilder text = new StringBuilder();
        long number = next++;
        while (text.length() < length) {
            number = number * 6364136223846793005L + 1442695040888963407L;
            text.append(Character.toUpperCase(Character.forDigit((int) Long.remainderUnsigned(number >>> 20, 36), 36)));
        }
        return text.toString();
    }
}
