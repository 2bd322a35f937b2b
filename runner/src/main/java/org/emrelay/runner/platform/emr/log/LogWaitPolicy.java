package org.emrelay.runner.platform.emr.log;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How somebody bears that EMR ships logs about every five minutes, and some minutes after a step has ended.
 *
 * @param atMost how long to wait for logs that are still to come; zero to take what is there
 * @param waiting is told every few seconds what is waited for
 * @param trouble is told, in a sentence, why logs cannot be read
 */
public record LogWaitPolicy(Duration atMost, Consumer<Waiting> waiting, Consumer<String> trouble) {

    /**
     * A moment of waiting.
     *
     * @param what as it fits behind "waiting for": {@code the logs of step s-1}
     * @param left how much longer it may take
     */
    public record Waiting(String what, Duration left) {
        public Waiting {
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(left, "left");
        }
    }

    public LogWaitPolicy {
        Objects.requireNonNull(waiting, "waiting");
        Objects.requireNonNull(trouble, "trouble");
        if (atMost.isNegative()) {
            throw new IllegalArgumentException("at most " + atMost);
        }
    }
}
