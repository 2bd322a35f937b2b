package org.emrelay.runner.model;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of EMR, such as {@code emr-7.13.0}: it fixes which Spark, Scala, Java and Python the steps meet.
 *
 * @param label as EMR spells it
 */
public record EmrRelease(String label, int major, int minor) {
    private static final Pattern WRITTEN = Pattern.compile("emr-(spark-)?([0-9]{1,3})\\.([0-9]{1,3})\\.[0-9]{1,3}");

    /** The newest release for which the jobs here are built: Spark 3.5 and Scala 2.12. */
    public static final EmrRelease DEFAULT = new EmrRelease("emr-7.13.0", 7, 13);

    public EmrRelease {
        Objects.requireNonNull(label, "label");
    }

    public static Optional<EmrRelease> parse(String label) {
        Matcher matcher = WRITTEN.matcher(label);
        return matcher.matches()
                ? Optional.of(
                        new EmrRelease(label, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    /** Whether this release runs Spark 3.5, as all of EMR 7 does. */
    public boolean hasSpark35() {
        return major == 7;
    }

    @Override
    public String toString() {
        return label;
    }
}
