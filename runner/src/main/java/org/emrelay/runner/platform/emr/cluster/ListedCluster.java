package org.emrelay.runner.platform.emr.cluster;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A cluster as a listing shows it: without tags, so its name has to tell whether it is one of ours. */
public record ListedCluster(
        String id,
        String name,
        String state,
        @Nullable Instant created,
        @Nullable Instant ended) {
    private static final Pattern OURS = Pattern.compile("(.*) \\[([0-9a-f]{8})-([0-9a-f]{8})]");

    /** Who made a cluster, as its name tells. */
    public record Maker(String cluster, String workspace, String creation) {}

    public ListedCluster {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
    }

    /** Empty for a cluster that this program did not make. */
    public Optional<Maker> maker() {
        Matcher matcher = OURS.matcher(name);
        return matcher.matches()
                ? Optional.of(new Maker(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    public boolean hasEnded() {
        return state.startsWith("TERMINATED");
    }
}
