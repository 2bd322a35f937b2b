package org.emrelay.runner.platform;

import java.util.Objects;

/**
 * Why an attempt failed, as far as its logs tell.
 *
 * @param cause the exception that matters
 * @param where the log and the lines that it was read from, such as {@code lines 37–50 of /…/stderr}
 * @param hint what to do about it; empty when there is nothing to say
 */
public record Diagnosis(String cause, String where, String hint) {
    public Diagnosis {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(hint, "hint");
    }
}
