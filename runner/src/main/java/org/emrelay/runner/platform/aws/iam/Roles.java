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

/** Roles of IAM: made with their policies, found, and removed with all that hangs on them. Each call may be repeated. */
public final class Roles {
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final AwsContext aws;

    public Roles(AwsContext aws) {
        this.aws = aws;
    }

    /** Makes a role; one that an earlier creation of this cluster left is taken up again. */
    public void create(RoleSpec draft, OwnerTags ownership) {
        CreateRoleRequest request = CreateRoleRequest.builder()
                .roleName(draft.name())
                .assumeRolePolicyDocument(JsonWriter.line(draft.trust()))
                .permissionsBoundary(draft.boundary())
                .tags(tags(draft.tags()))
                .build();
        String asked = "create the role " + draft.name();
        try {
            aws.patience().ask(asked, () -> aws.clients().iam().createRole(request));
        } catch (AwsException fault) {
            if (!fault.is(AwsException.Kind.ALREADY_THERE)) {
                throw fault;
            }
            Optional<Map<String, String>> tags = find(draft.name());
            if (tags.isPresent() && !ownership.isIn(tags.get())) {
                throw new NotOwnedException("The role " + draft.name());
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

    /** Writes the role's own policy into it. */
    public void putPolicy(RoleSpec draft) {
        putPolicy(draft.name(), RoleSpec.POLICY, draft.policy());
    }

    /** Writes a policy into a role, over one of the same name. */
    public void putPolicy(String role, String name, Map<String, Object> policy) {
        aws.patience()
                .ask(
                        "give the role " + role + " its policy",
                        fault -> fault.is(AwsException.Kind.ABSENT),
                        SETTLING,
                        () -> aws.clients()
                                .iam()
                                .putRolePolicy(request -> request.roleName(role)
                                        .policyName(name)
                                        .policyDocument(JsonWriter.line(policy))));
    }

    public void attach(RoleSpec draft, String policy) {
        aws.patience()
                .ask(
                        "attach " + policy + " to the role " + draft.name(),
                        fault -> fault.is(AwsException.Kind.ABSENT)
                                && fault.said().contains(draft.name()),
                        SETTLING,
                        () -> aws.clients()
                                .iam()
                                .attachRolePolicy(request ->
                                        request.roleName(draft.name()).policyArn(policy)));
    }

    /** The tags of a role; empty when there is none of this name. */
    public Optional<Map<String, String>> find(String name) {
        try {
            return Optional.of(tags(aws.patience()
                    .ask("look at the role " + name, () -> aws.clients().iam().getRole(role -> role.roleName(name)))
                    .role()
                    .tags()));
        } catch (AwsException fault) {
            return absent(fault);
        }
    }

    static <T> Optional<T> absent(AwsException fault) {
        if (fault.is(AwsException.Kind.ABSENT)) {
            return Optional.empty();
        }
        throw fault;
    }

    /** The names of the policies that stand in the role itself. */
    public List<String> ownPolicies(String name) {
        return aws.patience()
                .ask(
                        "list the policies of the role " + name,
                        () -> aws.clients().iam().listRolePolicies(request -> request.roleName(name)))
                .policyNames();
    }

    /** The ARNs of the policies that are attached to the role. */
    public List<String> attachedPolicies(String name) {
        return aws
                .patience()
                .ask(
                        "list the policies of the role " + name,
                        () -> aws.clients().iam().listAttachedRolePolicies(request -> request.roleName(name)))
                .attachedPolicies()
                .stream()
                .map(AttachedPolicy::policyArn)
                .toList();
    }

    public void deletePolicy(String role, String policy) {
        ifThere(
                "remove the policy " + policy + " of the role " + role,
                () -> aws.clients()
                        .iam()
                        .deleteRolePolicy(request -> request.roleName(role).policyName(policy)));
    }

    public void detach(String role, String policy) {
        ifThere(
                "detach " + policy + " from the role " + role,
                () -> aws.clients()
                        .iam()
                        .detachRolePolicy(request -> request.roleName(role).policyArn(policy)));
    }

    public void delete(String role) {
        ifThere("remove the role " + role, () -> aws.clients().iam().deleteRole(request -> request.roleName(role)));
    }

    private void ifThere(String asked, Runnable call) {
        IdentityRemoval.ifThere(aws, asked, call);
    }
}
