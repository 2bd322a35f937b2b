package org.emrelay.runner.platform;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a cluster entered a state, or more became known of it.
 *
 * @param state in the platform's words, such as {@code RUNNING} or {@code TERMINATED}
 * @param reason why, in the platform's words; empty if unknown
 * @param created from when it costs; null if unknown, or if it never ran
 * @param ready when it could run steps; null if it is not ready yet, or unknown
 * @param ended until when it costs; null while it runs, or if unknown
 * @param pricePerHour in US dollars, with its volumes; null if unknown
 */
public record InstanceChange(
        String id,
        String type,
        boolean spot,
        String state,
        String reason,
        @Nullable Instant created,
        @Nullable Instant ready,
        @Nullable Instant ended,
        @Nullable BigDecimal pricePerHour) {
    public InstanceChange {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
    }

    /** A change without times and price. */
    public InstanceChange(String id, String type, boolean spot, String state, String reason) {
        this(id, type, spot, state, reason, null, null, null, null);
    }
}
