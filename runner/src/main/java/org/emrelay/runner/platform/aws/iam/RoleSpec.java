package org.emrelay.runner.platform.aws.iam;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The specification of an IAM role.
 *
 * @param trustPolicy who may assume the role
 * @param inlinePolicy what the role may do
 * @param managedPolicies the ARNs of the managed policies to attach
 * @param permissionsBoundary the ARN of the permissions boundary; null for none
 */
public record RoleSpec(
        String name,
        Map<String, Object> trustPolicy,
        Map<String, Object> inlinePolicy,
        List<String> managedPolicies,
        @Nullable String permissionsBoundary,
        Map<String, String> tags) {
    /** The name of the role's own inline policy. */
    public static final String INLINE_POLICY_NAME = "emrelay";

    public RoleSpec {
        Objects.requireNonNull(name, "name");
        trustPolicy = Collections.unmodifiableMap(new LinkedHashMap<>(trustPolicy));
        inlinePolicy = Collections.unmodifiableMap(new LinkedHashMap<>(inlinePolicy));
        managedPolicies = List.copyOf(managedPolicies);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
}
