package org.emrelay.runner.platform.emr.orphan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * An AWS resource owned by this program according to its name and, if taggable, its tags.
 *
 * @param id the id shown to users, if it differs from the name
 * @param created null if AWS does not return it; {@code Instant.MAX} counts as new
 * @param ownerByTags null if untagged: the name then gives the workspace and a possibly truncated cluster name
 * @param ownerByName the workspace and cluster parsed from the name
 */
public record OwnedResource(
        ResourceKind kind,
        String name,
        String id,
        @Nullable Instant created,
        @Nullable OwnerTags ownerByTags,
        OwnerTags ownerByName) {
    public OwnedResource {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(ownerByName, "ownerByName");
    }

    /** The creation time as text; empty if unknown. */
    public String createdText() {
        return created == null || created.equals(Instant.MAX)
                ? ""
                : created.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A bucket holds results, which are kept unless the user requests their deletion. */
    public boolean isBucket() {
        return kind == ResourceKind.BUCKET;
    }
}
