package org.emrelay.runner.fakeaws.wire;

import java.util.Locale;

/** Generates AWS-like ids, the same in every run. */
public final class IdGenerator {
    private long next = 1;

    /** {@code sg-} and 17 hexadecimal digits. */
    public String ec2Id(String prefix) {
        return prefix + "-0" + String.format(Locale.ROOT, "%016x", next++ * 0x9E3779B97F4A7C15L);
    }

    /** {@code j-}, {@code s-} or {@code if-} and 13 letters and digits. */
    public String emrId(String prefix) {
        return prefix + "-" + alphanumeric(13);
    }

    /** {@code AROA} and 17 letters and digits. */
    public String iamId(String prefix) {
        return prefix + alphanumeric(17);
    }

    public String opaqueId() {
        return alphanumeric(32);
    }

    private String alphanumeric(int length) {
        StringBuilder text = new StringBuilder();
        long number = next++;
        while (text.length() < length) {
            number = number * 6364136223846793005L + 1442695040888963407L;
            text.append(Character.toUpperCase(Character.forDigit((int) Long.remainderUnsigned(number >>> 20, 36), 36)));
        }
        return text.toString();
    }
}
