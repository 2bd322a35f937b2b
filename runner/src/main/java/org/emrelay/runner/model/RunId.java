package org.emrelay.runner.model;

import java.util.Objects;
import java.util.regex.Pattern;

/** Names one run of a pipeline; runs of a workspace sort by it in the order in which they began. */
public record RunId(String value) implements Comparable<RunId> {
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    public RunId {
        Objects.requireNonNull(value, "value");
        if (!isUsable(value)) {
            throw new IllegalArgumentException("not a usable run id: " + value);
        }
    }

    public static boolean isUsable(String value) {
        return USABLE.matcher(value).matches();
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
