package org.emrelay.runner.model;

import java.util.Objects;
import java.util.regex.Pattern;

/** Names a cluster, and by its first letters the platform that it lives on: {@code local-…} or EMR's {@code j-…}. */
public record ClusterId(String value) implements Comparable<ClusterId> {
    private static final Pattern USABLE = Pattern.compile("(local|j)-[A-Za-z0-9]{1,64}");
    private static final String LOCAL = "local-";

    public ClusterId {
        Objects.requireNonNull(value, "value");
        if (!isUsable(value)) {
            throw new IllegalArgumentException("not a cluster id: " + value);
        }
    }

    public static boolean isUsable(String value) {
        return USABLE.matcher(value).matches();
    }

    public boolean isLocal() {
        return value.startsWith(LOCAL);
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
