package org.emrelay.runner.platform;

import java.util.Objects;

/**
 * Why an attempt failed, according to its logs.
 *
 * @param cause the root cause, usually an exception with its message
 * @param location the log and the lines of the cause, such as {@code lines 37–50 of /…/stderr}
 * @param hint how to fix it; empty if unknown
 */
public record Diagnosis(String cause, String location, String hint) {
    public Diagnosis {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(hint, "hint");
    }
}
