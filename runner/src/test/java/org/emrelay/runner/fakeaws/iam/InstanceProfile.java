package org.emrelay.runner.fakeaws.iam;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.jspecify.annotations.Nullable;

/** An instance profile, which holds at most one role. */
public final class InstanceProfile {
    final String name;
    final String path;
    final String id;
    final String arn;
    final Instant createdAt;
    final Map<String, String> tags = new LinkedHashMap<>();

    @Nullable
    Role role;

    Instant roleAddedAt = Instant.MIN;

    InstanceProfile(String name, String path, String id, String arn, Instant createdAt) {
        this.name = name;
        this.path = path;
        this.id = id;
        this.arn = arn;
        this.createdAt = createdAt;
    }

    public String name() {
        return name;
    }

    public String arn() {
        return arn;
    }

    public @Nullable Role role() {
        return role;
    }

    /** Whether a service, given by its principal, can assume the role. */
    public boolean isAssumableBy(String principal) {
        return role != null && role.isAssumableBy(principal);
    }

    Fields fields(boolean withTags) {
        Fields fields = Fields.of("Path", path)
                .and("InstanceProfileName", name)
                .and("InstanceProfileId", id)
                .and("Arn", arn)
                .and("CreateDate", createdAt)
                .and("Roles", role == null ? List.of() : List.of(role.summary()));
        return withTags && !tags.isEmpty() ? fields.and("Tags", Fields.tags(tags, "Key", "Value")) : fields;
    }

    String fingerprint() {
        return tags + (role == null ? "" : role.name);
    }
}
