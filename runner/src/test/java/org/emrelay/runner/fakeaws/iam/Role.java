package org.emrelay.runner.fakeaws.iam;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.PercentEncoding;
import org.jspecify.annotations.Nullable;

/** A role with its policies. */
public final class Role {
    final String name;
    final String path;
    final String id;
    final String arn;
    final Instant createdAt;
    final String trustPolicy;
    final @Nullable String description;
    final @Nullable String permissionsBoundary;
    final int maxSessionSeconds;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, String> inlinePolicies = new TreeMap<>();
    final Set<String> attachedPolicies = new LinkedHashSet<>();

    /** When the role got its first policy. */
    Instant empoweredAt = Instant.MIN;

    Role(
            String name,
            String path,
            String id,
            String arn,
            Instant createdAt,
            String trustPolicy,
            @Nullable String description,
            @Nullable String permissionsBoundary,
            int maxSessionSeconds) {
        this.name = name;
        this.path = path;
        this.id = id;
        this.arn = arn;
        this.createdAt = createdAt;
        this.trustPolicy = trustPolicy;
        this.description = description;
        this.permissionsBoundary = permissionsBoundary;
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

    public String trustPolicy() {
        return trustPolicy;
    }

    /** Whether a service, given by its principal, can assume the role. */
    public boolean isAssumableBy(String principal) {
        return PolicyValidator.statements(trustPolicy).stream()
                .anyMatch(statement ->
                        statement.tree("Principal").texts("Service").contains(principal));
    }

    public boolean hasNoPolicies() {
        return inlinePolicies.isEmpty() && attachedPolicies.isEmpty();
    }

    /** The fields in ListRoles and in instance profiles. */
    Fields summary() {
        return Fields.of("Path", path)
                .and("RoleName", name)
                .and("RoleId", id)
                .and("Arn", arn)
                .and("CreateDate", createdAt)
                .and("AssumeRolePolicyDocument", PercentEncoding.encode(trustPolicy))
                .and("Description", description)
                .and("MaxSessionDuration", maxSessionSeconds);
    }

    /** The fields in GetRole, which include the tags and permissions boundary that listings omit. */
    Fields details() {
        Fields fields = summary();
        if (permissionsBoundary != null) {
            fields.and(
                    "PermissionsBoundary",
                    Fields.of("PermissionsBoundaryType", "Policy").and("PermissionsBoundaryArn", permissionsBoundary));
        }
        return tags.isEmpty() ? fields : fields.and("Tags", Fields.tags(tags, "Key", "Value"));
    }

    String fingerprint() {
        return trustPolicy + tags + inlinePolicies + attachedPolicies + permissionsBoundary;
    }
}
