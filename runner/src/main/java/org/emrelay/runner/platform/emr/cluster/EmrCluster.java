package org.emrelay.runner.platform.emr.cluster;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as EMR describes it.
 *
 * @param name as EMR knows it
 * @param zone where its machines are; null until that is chosen
 * @param stepsAtOnce how many steps it runs side by side; with 1 it keeps to their order
 * @param reason why it is in its state, in EMR's words; empty when EMR says nothing
 */
public record EmrCluster(
        String id,
        String name,
        String state,
        String reason,
        @Nullable Instant created,
        @Nullable Instant ready,
        @Nullable Instant ended,
        boolean terminationProtected,
        String logUri,
        String release,
        String address,
        @Nullable String zone,
        int stepsAtOnce,
        Map<String, String> tags) {
    private static final Set<String> ENDED = Set.of("TERMINATED", "TERMINATED_WITH_ERRORS");
    private static final Set<String> READY = Set.of("WAITING", "RUNNING");

    public EmrCluster {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        tags = Map.copyOf(tags);
    }

    public boolean hasEnded() {
        return ENDED.contains(state);
    }

    /** Whether it is up and takes steps. */
    public boolean isReady() {
        return READY.contains(state);
    }

    public boolean isUp() {
        return !hasEnded() && !state.equals("TERMINATING");
    }
}
