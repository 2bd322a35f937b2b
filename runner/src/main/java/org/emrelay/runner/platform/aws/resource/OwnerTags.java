package org.emrelay.runner.platform.aws.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The tags that mark a resource as a cluster's. A resource without them is never changed or deleted. */
public record OwnerTags(String workspaceId, String cluster) implements Owner {
    public static final String WORKSPACE = "emrelay:workspace";
    public static final String CLUSTER = "emrelay:cluster";

    /** Only on the cluster: the ID of its creation. */
    public static final String CREATION = "emrelay:creation";

    /** Only on the cluster: the URI of its workspace, so other machines find its runs by cluster ID. */
    public static final String WORKSPACE_URI = "emrelay:place";

    public OwnerTags {
        Objects.requireNonNull(workspaceId, "workspaceId");
        Objects.requireNonNull(cluster, "cluster");
    }

    /** The owner in a resource's tags; empty if it does not carry our tags. */
    public static Optional<OwnerTags> in(Map<String, String> tags) {
        String workspaceId = tags.get(WORKSPACE);
        String cluster = tags.get(CLUSTER);
        return workspaceId == null || cluster == null
                ? Optional.empty()
                : Optional.of(new OwnerTags(workspaceId, cluster));
    }

    @Override
    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(WORKSPACE, workspaceId);
        tags.put(CLUSTER, cluster);
        return tags;
    }

    @Override
    public boolean matches(Map<String, String> tags) {
        return in(tags).equals(Optional.of(this));
    }

    @Override
    public String kind() {
        return "cluster";
    }

    @Override
    public String renaming() {
        return "with -c";
    }
}
