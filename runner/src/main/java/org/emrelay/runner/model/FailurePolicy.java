package org.emrelay.runner.model;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a step fails.
 *
 * @param retries retries after a failed first attempt
 * @param timeout limit of one attempt; null for none
 */
public record FailurePolicy(
        OnFailure onFailure, int retries, @Nullable Duration timeout) {

    /** How a step that has exhausted its retries affects the rest of the run. */
    public enum OnFailure {
        /** No further step starts; running steps finish. */
        CANCEL,
        /** Only dependent steps are skipped. */
        CONTINUE,
        /** All steps are cancelled and the cluster terminates. */
        TERMINATE_CLUSTER;

        /** Its name in the steps file. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
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
