package org.emrelay.runner.platform.emr.orphan;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceKind;

/**
 * The resources left by one cluster that no longer exists or was never created.
 *
 * @param ownWorkspace whether this workspace created them
 * @param removable whether they may be deleted: no creation can still be using them
 */
public record Orphan(OwnerTags owner, List<LeftoverResource> resources, boolean ownWorkspace, boolean removable) {

    /**
     * One leftover resource.
     *
     * @param created the creation time as text; empty if unknown
     */
    public record LeftoverResource(ResourceKind kind, String name, String id, String created) {
        public LeftoverResource {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(created, "created");
        }

        /** A bucket holds results, which are kept unless the user requests their deletion. */
        public boolean isBucket() {
            return kind == ResourceKind.BUCKET;
        }
    }

    public Orphan {
        Objects.requireNonNull(owner, "owner");
        resources = List.copyOf(resources);
    }

    /** The resources to delete. */
    public List<LeftoverResource> removableResources(boolean deleteBucket) {
        return removable
                ? resources.stream()
                        .filter(resource -> deleteBucket || !resource.isBucket())
                        .toList()
                : List.of();
    }
}
