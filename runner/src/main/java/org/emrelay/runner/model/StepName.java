package org.emrelay.runner.model;

import java.util.Objects;
import java.util.regex.Pattern;

/** The name of a step: unique in its pipeline, valid as a folder name, a flag and an EMR step name. */
public record StepName(String value) implements Comparable<StepName> {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    public StepName {
        Objects.requireNonNull(value, "value");
        if (!isValid(value)) {
            throw new IllegalArgumentException("invalid step name: " + value);
        }
    }

    public static boolean isValid(String value) {
        return VALID.matcher(value).matches();
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
