package org.emrelay.runner.diagnosis;

import java.util.Objects;

/**
 * The cause found in one of several logs.
 *
 * @param conclusive whether no other log needs to be searched: the cause has a stack trace or is a final error message, and does not
 *     merely report that something else failed
 */
public record Finding(Cause cause, boolean conclusive) {
    public Finding {
        Objects.requireNonNull(cause, "cause");
    }
}
