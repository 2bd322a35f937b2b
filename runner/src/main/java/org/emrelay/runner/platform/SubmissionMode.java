package org.emrelay.runner.platform;

import java.time.Duration;
import java.util.Objects;

/**
 * How a platform takes attempts, which decides when they are handed to it.
 *
 * @param inOrder whether it runs attempts one at a time, in the order in which they came, and lets none start behind one that failed: then an
 *     attempt may come before what it reads is there, and starts without anybody who watches
 * @param atMost how many may be in its hands at once
 * @param tick how long somebody waits between two looks at it
 */
public record SubmissionMode(boolean inOrder, int atMost, Duration tick) {
    /** Attempts come when they can start; looking costs nothing. */
    public static final SubmissionMode AT_ONCE = new SubmissionMode(false, Integer.MAX_VALUE, Duration.ofMillis(250));

    public SubmissionMode {
        Objects.requireNonNull(tick, "tick");
        if (atMost < 1) {
            throw new IllegalArgumentException("at most " + atMost);
        }
    }
}
