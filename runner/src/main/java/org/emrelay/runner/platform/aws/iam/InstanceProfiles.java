package org.emrelay.runner.platform.aws.iam;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.NotOwnedException;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;

/** Creates, finds and deletes the IAM instance profiles through which nodes assume their role. */
public final class InstanceProfiles {
    private static final Duration PROPAGATION_BUDGET = Duration.ofMinutes(2);

    private final AwsContext aws;

    /** An existing instance profile. */
    public record Profile(Map<String, String> tags, List<String> roles) {
        public Profile {
            tags = Map.copyOf(tags);
            roles = List.copyOf(roles);
        }
    }

    public InstanceProfiles(AwsContext aws) {
        this.aws = aws;
    }

    public void create(String name, Map<String, String> tags, OwnerTags ownerTags) {
        CreateInstanceProfileRequest request = CreateInstanceProfileRequest.builder()
                .instanceProfileName(name)
                .tags(Roles.tags(tags))
                .build();
        try {
            aws.retry()
                    .call(
                            "create the instance profile " + name,
                            () -> aws.clients().iam().createInstanceProfile(request));
        } catch (AwsException fault) {
            if (!fault.is(AwsException.Kind.ALREADY_EXISTS)) {
                throw fault;
            }
            Optional<Profile> profile = find(name);
            if (profile.isPresent() && !ownerTags.matches(profile.get().tags())) {
                throw new NotOwnedException("The instance profile " + name);
            }
        }
    }

    /** Adds the role of the same name. IAM reports {@code LimitExceeded} when the profile already contains a role. */
    public void addRole(String name) {
        try {
            aws.retry()
                    .call(
                            "add the role " + name + " to its instance profile",
                            fault -> fault.is(AwsException.Kind.NOT_FOUND),
                            PROPAGATION_BUDGET,
                            () -> aws.clients()
                                    .iam()
                                    .addRoleToInstanceProfile(request ->
                                            request.instanceProfileName(name).roleName(name)));
        } catch (AwsException fault) {
            boolean mayContainRole =
                    fault.is(AwsException.Kind.LIMIT_EXCEEDED) || fault.is(AwsException.Kind.ALREADY_EXISTS);
            if (!mayContainRole
                    || !find(name)
                            .map(profile -> profile.roles().contains(name))
                            .orElse(false)) {
                throw fault;
            }
        }
    }

    public Optional<Profile> find(String name) {
        try {
            InstanceProfile described = aws.retry()
                    .call(
                            "get the instance profile " + name,
                            () -> aws.clients().iam().getInstanceProfile(request -> request.instanceProfileName(name)))
                    .instanceProfile();
            return Optional.of(new Profile(
                    Roles.tags(described.tags()),
                    described.roles().stream().map(Role::roleName).toList()));
        } catch (AwsException fault) {
            return Roles.emptyIfNotFound(fault);
        }
    }

    public void removeRole(String name, String role) {
        IamDeletion.ignoringNotFound(
                aws,
                "remove the role " + role + " from the instance profile " + name,
                () -> aws.clients()
                        .iam()
                        .removeRoleFromInstanceProfile(
                                request -> request.instanceProfileName(name).roleName(role)));
    }

    public void delete(String name) {
        IamDeletion.ignoringNotFound(
                aws,
                "delete the instance profile " + name,
                () -> aws.clients().iam().deleteInstanceProfile(request -> request.instanceProfileName(name)));
    }
}
