package org.emrelay.runner.platform.aws.iam;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.NotOwnedException;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.Tag;

/** Creates, finds and deletes IAM roles and their policies. All operations are idempotent. */
public final class Roles {
    private static final Duration PROPAGATION_BUDGET = Duration.ofMinutes(2);

    private final AwsContext aws;

    public Roles(AwsContext aws) {
        this.aws = aws;
    }

    /** Creates a role. Reuses a role left by an earlier creation of the same cluster. */
    public void create(RoleSpec spec, OwnerTags ownerTags) {
        CreateRoleRequest request = CreateRoleRequest.builder()
                .roleName(spec.name())
                .assumeRolePolicyDocument(JsonWriter.line(spec.trustPolicy()))
                .permissionsBoundary(spec.permissionsBoundary())
                .tags(tags(spec.tags()))
                .build();
        String operation = "create the role " + spec.name();
        try {
            aws.retry().call(operation, () -> aws.clients().iam().createRole(request));
        } catch (AwsException fault) {
            if (!fault.is(AwsException.Kind.ALREADY_EXISTS)) {
                throw fault;
            }
            Optional<Map<String, String>> tags = findTags(spec.name());
            if (tags.isPresent() && !ownerTags.matches(tags.get())) {
                throw new NotOwnedException("The role " + spec.name());
            }
        }
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> found = new HashMap<>();
        tags.forEach(tag -> found.put(tag.key(), tag.value()));
        return found;
    }

    public void putInlinePolicy(RoleSpec spec) {
        putInlinePolicy(spec.name(), RoleSpec.INLINE_POLICY_NAME, spec.inlinePolicy());
    }

    /** Puts an inline policy, replacing one of the same name. */
    public void putInlinePolicy(String role, String name, Map<String, Object> policy) {
        aws.retry()
                .call(
                        "put the inline policy " + name + " of the role " + role,
                        fault -> fault.is(AwsException.Kind.NOT_FOUND),
                        PROPAGATION_BUDGET,
                        () -> aws.clients()
                                .iam()
                                .putRolePolicy(request -> request.roleName(role)
                                        .policyName(name)
                                        .policyDocument(JsonWriter.line(policy))));
    }

    public void attach(RoleSpec spec, String policy) {
        aws.retry()
                .call(
                        "attach " + policy + " to the role " + spec.name(),
                        fault -> fault.is(AwsException.Kind.NOT_FOUND)
                                && fault.awsMessage().contains(spec.name()),
                        PROPAGATION_BUDGET,
                        () -> aws.clients()
                                .iam()
                                .attachRolePolicy(
                                        request -> request.roleName(spec.name()).policyArn(policy)));
    }

    /** The tags of a role; empty when the role does not exist. */
    public Optional<Map<String, String>> findTags(String name) {
        try {
            return Optional.of(tags(aws.retry()
                    .call("get the role " + name, () -> aws.clients().iam().getRole(role -> role.roleName(name)))
                    .role()
                    .tags()));
        } catch (AwsException fault) {
            return emptyIfNotFound(fault);
        }
    }

    static <T> Optional<T> emptyIfNotFound(AwsException fault) {
        if (fault.is(AwsException.Kind.NOT_FOUND)) {
            return Optional.empty();
        }
        throw fault;
    }

    /** The names of the role's inline policies. */
    public List<String> inlinePolicies(String name) {
        return aws.retry()
                .call(
                        "list the inline policies of the role " + name,
                        () -> aws.clients().iam().listRolePolicies(request -> request.roleName(name)))
                .policyNames();
    }

    /** The ARNs of the role's managed policies. */
    public List<String> attachedPolicies(String name) {
        return aws
                .retry()
                .call(
                        "list the attached policies of the role " + name,
                        () -> aws.clients().iam().listAttachedRolePolicies(request -> request.roleName(name)))
                .attachedPolicies()
                .stream()
                .map(AttachedPolicy::policyArn)
                .toList();
    }

    public void deleteInlinePolicy(String role, String policy) {
        ignoringNotFound(
                "delete the inline policy " + policy + " of the role " + role,
                () -> aws.clients()
                        .iam()
                        .deleteRolePolicy(request -> request.roleName(role).policyName(policy)));
    }

    public void detach(String role, String policy) {
        ignoringNotFound(
                "detach " + policy + " from the role " + role,
                () -> aws.clients()
                        .iam()
                        .detachRolePolicy(request -> request.roleName(role).policyArn(policy)));
    }

    public void delete(String role) {
        ignoringNotFound(
                "delete the role " + role, () -> aws.clients().iam().deleteRole(request -> request.roleName(role)));
    }

    private void ignoringNotFound(String operation, Runnable call) {
        IamDeletion.ignoringNotFound(aws, operation, call);
    }
}
