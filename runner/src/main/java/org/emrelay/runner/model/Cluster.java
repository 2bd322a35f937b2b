package org.emrelay.runner.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as its file describes it, checked and with every default filled in. What a component leaves null is the platform's to decide.
 *
 * @param name the name that the file suggests; the command line's wins
 * @param fleets in the file's order: one of primary nodes, one of core nodes, at most one of task nodes
 * @param tags the user's, in the file's order; the platform adds its own
 */
public record Cluster(
        @Nullable String name,
        ClusterSoftware software,
        List<InstanceFleet> fleets,
        ClusterLifecycle lifecycle,
        ClusterNetwork network,
        ClusterIam access,
        ClusterStorage storage,
        Map<String, String> tags) {
    public Cluster {
        Objects.requireNonNull(software, "software");
        fleets = List.copyOf(fleets);
        Objects.requireNonNull(lifecycle, "lifecycle");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(storage, "storage");
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** The same but that it ends as soon as it has no step left. */
    public Cluster endingWithItsSteps() {
        return new Cluster(name, software, fleets, lifecycle.endingWithItsSteps(), network, access, storage, tags);
    }
}
