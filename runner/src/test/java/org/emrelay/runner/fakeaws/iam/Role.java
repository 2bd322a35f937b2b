package org.emrelay.runner.fakeaws.iam;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Percent;
import org.jspecify.annotations.Nullable;

/** A role with its policies. */
public final class Role {
    final String name;
    final String path;
    final String id;
    final String arn;
    final Instant created;
    final String trust;
    final @Nullable String description;
    final @Nullable String boundary;
    final int maxSessionSeconds;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, String> inlinePolicies = new TreeMap<>();
    final Set<String> attachedPolicies = new LinkedHashSet<>();

    Role(
            String name,
            String path,
            String id,
            String arn,
            Instant created,
            String trust,
            @Nullable String description,
            @Nullable String boundary,
            int maxSessionSeconds) {
        this.name = name;
        this.path = path;
        this.id = id;
        this.arn = arn;
        this.created = created;
        this.trust = trust;
        this.description = description;
        this.boundary = boundary;
        this.maxSessionSeconds = maxSessionSeconds;
    }

    public String name() {
        return name;
    }

    public String arn() {
        return arn;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public Map<String, String> inlinePolicies() {
        return inlinePolicies;
    }

    public Set<String> attachedPolicies() {
        return attachedPolicies;
    }

    public String trust() {
        return trust;
    }

    public boolean mayDoNothing() {
        return inlinePolicies.isEmpty() && attachedPolicies.isEmpty();
    }

    /** As ListRoles and instance profiles show it. */
    Fields summary() {
        return Fields.of("Path", path)
                .and("RoleName", name)
                .and("RoleId", id)
                .and("Arn", arn)
                .and("CreateDate", created)
                .and("AssumeRolePolicyDocument", Percent.encode(trust))
                .and("Description", description)
                .and("MaxSessionDuration", maxSessionSeconds);
    }

    /** As GetRole shows it: with tags and boundary, which listings leave out. */
    Fields whole() {
        Fields fields = summary();
        if (boundary != null) {
            fields.and(
                    "PermissionsBoundary",
                    Fields.of("PermissionsBoundaryType", "Policy").and("PermissionsBoundaryArn", boundary));
        }
        return tags.isEmpty() ? fields : fields.and("Tags", Fields.tags(tags, "Key", "Value"));
    }

    String fingerprint() {
        return trust + tags + inlinePolicies + attachedPolicies + boundary;
    }
}
