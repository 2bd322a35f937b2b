package org.emrelay.runner.platform.emr.cluster;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A cluster as ListClusters returns it: without tags, so ownership is parsed from its name. */
public record ListedCluster(
        String id,
        String name,
        EmrClusterState state,
        @Nullable Instant created,
        @Nullable Instant ended) {
    private static final Pattern OWNED_NAME = Pattern.compile("(.*) \\[([0-9a-f]{8})-([0-9a-f]{8})]");

    /** The owner suffix of a cluster name. The creation id distinguishes clusters with the same name. */
    public record Origin(String cluster, String workspaceId, String creationId) {}

    public ListedCluster {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
    }

    /** Returns empty if this program did not create the cluster. */
    public Optional<Origin> origin() {
        return origin(name);
    }

    /** The origin in the name of a cluster; empty if this program did not create it. */
    public static Optional<Origin> origin(String name) {
        Matcher matcher = OWNED_NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new Origin(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    public boolean hasEnded() {
        return state.hasEnded();
    }
}
