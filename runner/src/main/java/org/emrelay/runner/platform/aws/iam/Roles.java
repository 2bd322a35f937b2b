package org.emrelay.runner.platform.aws.iam;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.resource.Owner;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Tag;

/** Creates, finds and deletes IAM roles and their policies. All operations are idempotent. */
public record Roles(AwsContext aws) {
    static final Duration PROPAGATION_BUDGET = Duration.ofMinutes(2);

    /** How long to retry a deletion while IAM still sees another resource that depends on this one. */
    static final Duration DELETION_BUDGET = Duration.ofMinutes(2);

    /** Creates a role. Reuses a role left by an earlier creation of the same cluster or stream. */
    public void create(RoleSpec spec, Owner owner) {
        boolean exists = aws.create(
                        "create the role " + spec.name(),
                        () -> aws.iam()
                                .createRole(request -> request.roleName(spec.name())
                                        .assumeRolePolicyDocument(JsonWriter.line(spec.trustPolicy()))
                                        .permissionsBoundary(spec.permissionsBoundary())
                                        .tags(tags(spec.tags()))))
                .isEmpty();
        if (exists && findTags(spec.name()).filter(tags -> !owner.matches(tags)).isPresent()) {
            throw RefusedException.notOwned("The role " + spec.name(), owner);
        }
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, tag -> Objects.toString(tag.value(), "")));
    }

    public void putInlinePolicy(RoleSpec spec) {
        putInlinePolicy(spec.name(), RoleSpec.INLINE_POLICY_NAME, spec.inlinePolicy());
    }

    /** Puts an inline policy, replacing one of the same name. */
    public void putInlinePolicy(String role, String name, Map<String, Object> policy) {
        aws.call(
                "put the inline policy " + name + " of the role " + role,
                fault -> fault.is(AwsException.Kind.NOT_FOUND),
                PROPAGATION_BUDGET,
                () -> aws.iam()
                        .putRolePolicy(request ->
                                request.roleName(role).policyName(name).policyDocument(JsonWriter.line(policy))));
    }

    public void attach(RoleSpec spec, String policy) {
        aws.call(
                "attach " + policy + " to the role " + spec.name(),
                fault -> fault.is(AwsException.Kind.NOT_FOUND)
                        && fault.awsMessage().contains(spec.name()),
                PROPAGATION_BUDGET,
                () -> aws.iam()
                        .attachRolePolicy(
                                request -> request.roleName(spec.name()).policyArn(policy)));
    }

    /** The tags of a role; empty when the role does not exist. */
    public Optional<Map<String, String>> findTags(String name) {
        return aws.find("get the role " + name, () -> aws.iam().getRole(request -> request.roleName(name)))
                .map(response -> tags(response.role().tags()));
    }

    /** The names of the role's inline policies. */
    public List<String> inlinePolicies(String name) {
        return aws.call(
                        "list the inline policies of the role " + name,
                        () -> aws.iam().listRolePolicies(request -> request.roleName(name)))
                .policyNames();
    }

    /** The document of an inline policy that exists. */
    public String inlinePolicy(String role, String policy) {
        String encoded = aws.call(
                        "get the inline policy " + policy + " of the role " + role,
                        () -> aws.iam()
                                .getRolePolicy(request -> request.roleName(role).policyName(policy)))
                .policyDocument();
        // IAM encodes as RFC 3986 says: a plus sign is one.
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The ARNs of the role's managed policies. */
    public List<String> attachedPolicies(String name) {
        return aws
                .call(
                        "list the attached policies of the role " + name,
                        () -> aws.iam().listAttachedRolePolicies(request -> request.roleName(name)))
                .attachedPolicies()
                .stream()
                .map(AttachedPolicy::policyArn)
                .toList();
    }

    public void deleteInlinePolicy(String role, String policy) {
        aws.delete(
                "delete the inline policy " + policy + " of the role " + role,
                DELETION_BUDGET,
                () -> aws.iam()
                        .deleteRolePolicy(request -> request.roleName(role).policyName(policy)));
    }

    public void detach(String role, String policy) {
        aws.delete(
                "detach " + policy + " from the role " + role,
                DELETION_BUDGET,
                () -> aws.iam()
                        .detachRolePolicy(request -> request.roleName(role).policyArn(policy)));
    }

    public void delete(String role) {
        aws.delete(
                "delete the role " + role,
                DELETION_BUDGET,
                () -> aws.iam().deleteRole(request -> request.roleName(role)));
    }
}
