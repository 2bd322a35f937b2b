package org.emrelay.runner.model;

import java.util.Objects;
import java.util.regex.Pattern;

/** A step's name: unique in its pipeline, and fit for a folder, a flag and EMR's console alike. */
public record StepName(String value) implements Comparable<StepName> {
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    public StepName {
        Objects.requireNonNull(value, "value");
        if (!isUsable(value)) {
            throw new IllegalArgumentException("not a usable step name: " + value);
        }
    }

    public static boolean isUsable(String value) {
        return USABLE.matcher(value).matches();
    }

    @Override
    public int compareTo(StepName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
