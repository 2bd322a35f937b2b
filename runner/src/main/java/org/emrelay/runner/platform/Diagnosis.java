package org.emrelay.runner.platform;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed, according to its logs.
 *
 * @param cause the root cause, usually an exception with its message; empty if unknown
 * @param location the log and the lines of the cause, such as {@code lines 37–50 of /…/stderr}
 * @param hint how to fix it; empty if unknown
 * @param lastOutput what the program printed last; null if the cause explains the failure
 */
public record Diagnosis(
        String cause,
        String location,
        String hint,
        @Nullable LastOutput lastOutput) {
    public Diagnosis {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(hint, "hint");
    }

    public Diagnosis(String cause, String location, String hint) {
        this(cause, location, hint, null);
    }

    /** Where the logs name no cause. */
    public static Diagnosis ofOutput(LastOutput output) {
        return new Diagnosis("", "", "", output);
    }

    /** Adds the output for a cause that is only a report of the failure. */
    public Diagnosis withOutput(LastOutput output) {
        return new Diagnosis(cause, location, hint, output);
    }
}
