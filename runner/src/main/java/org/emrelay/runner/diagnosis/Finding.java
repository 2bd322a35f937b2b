package org.emrelay.runner.diagnosis;

import java.util.Objects;

/**
 * What one log of several says about a failure.
 *
 * @param convincing whether no other log needs to be asked: the cause has a trace or is a last word, and does not merely report that something else
 *     failed
 */
public record Finding(Cause cause, boolean convincing) {
    public Finding {
        Objects.requireNonNull(cause, "cause");
    }
}
