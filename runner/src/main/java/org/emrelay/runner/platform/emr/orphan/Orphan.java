package org.emrelay.runner.platform.emr.orphan;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.aws.resource.OwnerTags;

/**
 * The resources left by one cluster that no longer exists or was never created.
 *
 * @param ownWorkspace whether this workspace created them
 * @param removable whether they may be deleted: no creation can still be using them
 */
public record Orphan(OwnerTags owner, List<OwnedResource> resources, boolean ownWorkspace, boolean removable) {
    public Orphan {
        Objects.requireNonNull(owner, "owner");
        resources = List.copyOf(resources);
    }

    /** The resources to delete. */
    public List<OwnedResource> removableResources(BucketSelection buckets) {
        return removable
                ? resources.stream()
                        .filter(resource -> !resource.isBucket() || buckets.includes(this, resource))
                        .toList()
                : List.of();
    }
}
