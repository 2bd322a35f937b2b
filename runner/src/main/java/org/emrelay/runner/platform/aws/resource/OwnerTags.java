package org.emrelay.runner.platform.aws.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The tags by which our things are known: nothing that lacks them is ever changed or removed. */
public record OwnerTags(String workspace, String cluster) {
    public static final String WORKSPACE = "emrelay:workspace";
    public static final String CLUSTER = "emrelay:cluster";

    /** On the cluster alone: it tells one creation from another. */
    public static final String CREATION = "emrelay:creation";

    /** On the cluster alone: where its runs are kept, so that another machine finds them by the cluster's id. */
    public static final String PLACE = "emrelay:place";

    public OwnerTags {
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(cluster, "cluster");
    }

    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(WORKSPACE, workspace);
        tags.put(CLUSTER, cluster);
        return tags;
    }

    public boolean isIn(Map<String, String> tags) {
        return workspace.equals(tags.get(WORKSPACE)) && cluster.equals(tags.get(CLUSTER));
    }
}
