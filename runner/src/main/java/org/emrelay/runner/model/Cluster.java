package org.emrelay.runner.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A validated cluster definition with defaults applied.
 * Null components are left to the platform.
 *
 * @param name the file's default, overridden by the command line
 * @param fleets in the file's order: one primary, one core and at most one task fleet
 * @param tags the user's tags in the file's order; the platform adds its own
 */
public record Cluster(
        @Nullable String name,
        ClusterSoftware software,
        List<InstanceFleet> fleets,
        ClusterLifecycle lifecycle,
        ClusterNetwork network,
        ClusterIam iam,
        ClusterStorage storage,
        Map<String, String> tags) {
    public Cluster {
        Objects.requireNonNull(software, "software");
        fleets = List.copyOf(fleets);
        Objects.requireNonNull(lifecycle, "lifecycle");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(iam, "iam");
        Objects.requireNonNull(storage, "storage");
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** The distinct instance types of all fleets. */
    public List<String> instanceTypes() {
        return fleets.stream()
                .flatMap(fleet -> fleet.types().stream())
                .map(InstanceTypeConfig::type)
                .distinct()
                .toList();
    }

    /** Returns a copy that terminates after its last step. */
    public Cluster terminatingAfterLastStep() {
        return new Cluster(name, software, fleets, lifecycle.terminatingAfterLastStep(), network, iam, storage, tags);
    }
}
