package org.emrelay.runner.fakeaws.iam;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.jspecify.annotations.Nullable;

/** An instance profile, which holds one role at most. */
public final class InstanceProfile {
    final String name;
    final String path;
    final String id;
    final String arn;
    final Instant created;
    final Map<String, String> tags = new LinkedHashMap<>();

    @Nullable
    Role role;

    Instant roleAdded = Instant.MIN;

    InstanceProfile(String name, String path, String id, String arn, Instant created) {
        this.name = name;
        this.path = path;
        this.id = id;
        this.arn = arn;
        this.created = created;
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

    Fields fields(boolean withTags) {
        Fields fields = Fields.of("Path", path)
                .and("InstanceProfileName", name)
                .and("InstanceProfileId", id)
                .and("Arn", arn)
                .and("CreateDate", created)
                .and("Roles", role == null ? List.of() : List.of(role.summary()));
        return withTags && !tags.isEmpty() ? fields.and("Tags", Fields.tags(tags, "Key", "Value")) : fields;
    }

    String fingerprint() {
        return tags + (role == null ? "" : role.name);
    }
}
