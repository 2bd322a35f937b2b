package org.emrelay.runner.platform.emr.orphan;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceKind;

/**
 * What is left of one cluster that is gone or never came to be.
 *
 * @param here whether this workspace made it
 * @param sure whether it may be removed: that no creation is at work on it is certain
 */
public record Orphan(OwnerTags owner, List<Left> left, boolean here, boolean sure) {

    /**
     * One thing of it.
     *
     * @param created when, as text; empty where AWS does not tell
     */
    public record Left(ResourceKind kind, String name, String id, String created) {
        public Left {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(created, "created");
        }

        /** Whether it holds results, which stay unless somebody says otherwise. */
        public boolean isBucket() {
            return kind == ResourceKind.BUCKET;
        }
    }

    public Orphan {
        Objects.requireNonNull(owner, "owner");
        left = List.copyOf(left);
    }

    /** What goes of it. */
    public List<Left> going(boolean withBucket) {
        return sure
                ? left.stream().filter(each -> withBucket || !each.isBucket()).toList()
                : List.of();
    }
}
