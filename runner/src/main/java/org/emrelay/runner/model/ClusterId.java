package org.emrelay.runner.model;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The id of a cluster; its prefix names the platform, such as {@code local-} or EMR's {@code j-}.
 */
public record ClusterId(String value) implements Comparable<ClusterId> {
    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9]*-[A-Za-z0-9]{1,64}");

    public ClusterId {
        Objects.requireNonNull(value, "value");
        if (!isValid(value)) {
            throw new IllegalArgumentException("invalid cluster id: " + value);
        }
    }

    public static boolean isValid(String value) {
        return VALID.matcher(value).matches();
    }

    @Override
    public int compareTo(ClusterId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
