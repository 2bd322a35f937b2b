package org.emrelay.runner.model;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What follows when a step does not succeed.
 *
 * @param retries how often it is tried again after its first attempt failed
 * @param timeout how long one attempt may run; null for as long as it likes
 */
public record FailurePolicy(
        OnFailure onFailure, int retries, @Nullable Duration timeout) {

    /** What a step that has failed for good does to the rest of its run. */
    public enum OnFailure {
        /** Nothing further starts; what runs may end. */
        CANCEL("cancel"),
        /** Only what needs the step is skipped. */
        CONTINUE("continue"),
        /** Everything stops at once, and the cluster ends. */
        TERMINATE_CLUSTER("terminate_cluster");

        private final String key;

        OnFailure(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    public static final FailurePolicy DEFAULT = new FailurePolicy(OnFailure.CANCEL, 0, null);

    public FailurePolicy {
        Objects.requireNonNull(onFailure, "onFailure");
        if (retries < 0) {
            throw new IllegalArgumentException("retries: " + retries);
        }
        if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
            throw new IllegalArgumentException("timeout: " + timeout);
        }
    }
}
