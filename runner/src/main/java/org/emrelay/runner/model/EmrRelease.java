package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An EMR release such as {@code emr-7.13.0}.
 * It determines the versions of Spark, Scala, Java and Python.
 *
 * @param label EMR's release label
 */
public record EmrRelease(String label, int major, int minor) {
    private static final Pattern LABEL = Pattern.compile("emr-(spark-)?([0-9]{1,3})\\.([0-9]{1,3})\\.[0-9]{1,3}");

    /** The latest release whose Spark 3.5 and Scala 2.12 match the bundled jobs. */
    public static final EmrRelease DEFAULT = new EmrRelease("emr-7.13.0", 7, 13);

    public EmrRelease {
        Objects.requireNonNull(label, "label");
    }

    public static Optional<EmrRelease> parse(String label) {
        Matcher matcher = LABEL.matcher(label);
        return matcher.matches()
                ? Optional.of(
                        new EmrRelease(label, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    /** EMR 7 ships Spark 3.5. */
    public boolean hasSpark35() {
        return major == 7;
    }

    /** The versions of Python on the nodes, the default one first; empty if unknown. */
    public List<String> pythonVersions() {
        return major == 7 ? List.of("3.9", "3.11") : List.of();
    }

    @Override
    public String toString() {
        return label;
    }
}
