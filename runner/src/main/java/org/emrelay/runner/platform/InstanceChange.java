package org.emrelay.runner.platform;

import java.util.Objects;

/**
 * An instance of a cluster entered a state.
 *
 * @param state in the platform's words, such as {@code RUNNING} or {@code TERMINATED}
 * @param reason why, in the platform's words; empty if unknown
 */
public record InstanceChange(String id, String type, boolean spot, String state, String reason) {
    public InstanceChange {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
    }
}
