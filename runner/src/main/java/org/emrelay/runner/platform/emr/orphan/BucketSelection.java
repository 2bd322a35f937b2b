package org.emrelay.runner.platform.emr.orphan;

import java.util.List;

/**
 * Which buckets are deleted with the other resources of orphans. Other workspaces may have kept theirs on purpose.
 *
 * @param ownWorkspace whether to delete those of this workspace
 * @param names of buckets of any workspace
 */
public record BucketSelection(boolean ownWorkspace, List<String> names) {
    public BucketSelection {
        names = List.copyOf(names);
    }

    boolean includes(Orphan orphan, OwnedResource bucket) {
        return (ownWorkspace && orphan.ownWorkspace()) || names.contains(bucket.name());
    }

    public boolean isEmpty() {
        return !ownWorkspace && names.isEmpty();
    }
}
