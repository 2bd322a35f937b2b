package org.emrelay.runner.platform.emr.orphan;

import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * Something on AWS that is ours by its name, and by its tags where its kind takes any.
 *
 * @param id by which people find it, where that is not its name
 * @param created null where AWS does not tell
 * @param owner by its tags; null for what bears none: its name tells the workspace, and the cluster's name perhaps shortened
 * @param named the workspace and the cluster as the name tells them
 */
record OwnedResource(
        ResourceKind kind,
        String name,
        String id,
        @Nullable Instant created,
        @Nullable OwnerTags owner,
        OwnerTags named) {
    OwnedResource {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(named, "named");
    }
}
