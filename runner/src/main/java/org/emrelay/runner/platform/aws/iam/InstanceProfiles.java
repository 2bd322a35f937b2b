package org.emrelay.runner.platform.aws.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import software.amazon.awssdk.services.iam.model.Role;

/** Creates, finds and deletes the IAM instance profiles through which nodes assume their role. */
public record InstanceProfiles(AwsContext aws) {
    /** An existing instance profile. */
    public record Profile(Map<String, String> tags, List<String> roles) {
        public Profile {
            tags = Map.copyOf(tags);
            roles = List.copyOf(roles);
        }
    }

    public void create(String name, Map<String, String> tags, OwnerTags ownerTags) {
        boolean exists = aws.create(
                        "create the instance profile " + name,
                        () -> aws.iam()
                                .createInstanceProfile(request ->
                                        request.instanceProfileName(name).tags(Roles.tags(tags))))
                .isEmpty();
        if (exists
                && find(name)
                        .filter(profile -> !ownerTags.matches(profile.tags()))
                        .isPresent()) {
            throw RefusedException.notOwned("The instance profile " + name, ownerTags);
        }
    }

    /** Adds the role of the same name. IAM reports {@code LimitExceeded} when the profile already contains a role. */
    public void addRole(String name) {
        try {
            aws.call(
                    "add the role " + name + " to its instance profile",
                    fault -> fault.is(Kind.NOT_FOUND),
                    Roles.PROPAGATION_BUDGET,
                    () -> aws.iam()
                            .addRoleToInstanceProfile(
                                    request -> request.instanceProfileName(name).roleName(name)));
        } catch (AwsException fault) {
            boolean containsRole = fault.is(Kind.LIMIT_EXCEEDED, Kind.ALREADY_EXISTS)
                    && find(name)
                            .filter(profile -> profile.roles().contains(name))
                            .isPresent();
            if (!containsRole) {
                throw fault;
            }
        }
    }

    public Optional<Profile> find(String name) {
        return aws.find(
                        "get the instance profile " + name,
                        () -> aws.iam().getInstanceProfile(request -> request.instanceProfileName(name)))
                .map(response -> new Profile(
                        Roles.tags(response.instanceProfile().tags()),
                        response.instanceProfile().roles().stream()
                                .map(Role::roleName)
                                .toList()));
    }

    public void removeRole(String name, String role) {
        aws.delete(
                "remove the role " + role + " from the instance profile " + name,
                Roles.DELETION_BUDGET,
                () -> aws.iam()
                        .removeRoleFromInstanceProfile(
                                request -> request.instanceProfileName(name).roleName(role)));
    }

    public void delete(String name) {
        aws.delete(
                "delete the instance profile " + name,
                Roles.DELETION_BUDGET,
                () -> aws.iam().deleteInstanceProfile(request -> request.instanceProfileName(name)));
    }
}
