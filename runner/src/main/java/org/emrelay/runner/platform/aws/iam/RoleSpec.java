package org.emrelay.runner.platform.aws.iam;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A role that is to be made.
 *
 * @param trust who may take it on, as a policy document
 * @param policy what it may do, as a policy document
 * @param attached ARNs of policies that it gets besides
 * @param boundary the ARN of the policy that bounds it; null for none
 */
public record RoleSpec(
        String name,
        Map<String, Object> trust,
        Map<String, Object> policy,
        List<String> attached,
        @Nullable String boundary,
        Map<String, String> tags) {
    /** The name of the policy that stands in the role itself. */
    public static final String POLICY = "emrelay";

    public RoleSpec {
        Objects.requireNonNull(name, "name");
        trust = Collections.unmodifiableMap(new LinkedHashMap<>(trust));
        policy = Collections.unmodifiableMap(new LinkedHashMap<>(policy));
        attached = List.copyOf(attached);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
}
