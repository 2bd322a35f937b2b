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

/** Instance profiles, by which the nodes take their role on. */
public final class InstanceProfiles {
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final AwsContext aws;

    /** A profile that is there. */
    public record Found(Map<String, String> tags, List<String> roles) {
        public Found {
            tags = Map.copyOf(tags);
            roles = List.copyOf(roles);
        }
    }

    public InstanceProfiles(AwsContext aws) {
        this.aws = aws;
    }

    public void create(String name, Map<String, String> tags, OwnerTags ownership) {
        CreateInstanceProfileRequest request = CreateInstanceProfileRequest.builder()
                .instanceProfileName(name)
                .tags(Roles.tags(tags))
                .build();
        try {
            aws.patience()
                    .ask(
                            "create the instance profile " + name,
                            () -> aws.clients().iam().createInstanceProfile(request));
        } catch (AwsException fault) {
            if (!fault.is(AwsException.Kind.ALREADY_THERE)) {
                throw fault;
            }
            Optional<Found> found = find(name);
            if (found.isPresent() && !ownership.isIn(found.get().tags())) {
                throw new NotOwnedException("The instance profile " + name);
            }
        }
    }

    /** Puts the role of the profile's name into it. IAM says that a limit is exceeded when it is in there. */
    public void addRole(String name) {
        try {
            aws.patience()
                    .ask(
                            "put the role " + name + " into its instance profile",
                            fault -> fault.is(AwsException.Kind.ABSENT),
                            SETTLING,
                            () -> aws.clients()
                                    .iam()
                                    .addRoleToInstanceProfile(request ->
                                            request.instanceProfileName(name).roleName(name)));
        } catch (AwsException fault) {
            boolean maybeInThere = fault.is(AwsException.Kind.LIMIT) || fault.is(AwsException.Kind.ALREADY_THERE);
            if (!maybeInThere
                    || !find(name).map(found -> found.roles().contains(name)).orElse(false)) {
                throw fault;
            }
        }
    }

    public Optional<Found> find(String name) {
        try {
            InstanceProfile profile = aws.patience()
                    .ask(
                            "look at the instance profile " + name,
                            () -> aws.clients().iam().getInstanceProfile(request -> request.instanceProfileName(name)))
                    .instanceProfile();
            return Optional.of(new Found(
                    Roles.tags(profile.tags()),
                    profile.roles().stream().map(Role::roleName).toList()));
        } catch (AwsException fault) {
            return Roles.absent(fault);
        }
    }

    /** Takes a role out of the profile. */
    public void removeRole(String name, String role) {
        IdentityRemoval.ifThere(
                aws,
                "take the role " + role + " out of the instance profile " + name,
                () -> aws.clients()
                        .iam()
                        .removeRoleFromInstanceProfile(
                                request -> request.instanceProfileName(name).roleName(role)));
    }

    public void delete(String name) {
        IdentityRemoval.ifThere(
                aws,
                "remove the instance profile " + name,
                () -> aws.clients().iam().deleteInstanceProfile(request -> request.instanceProfileName(name)));
    }
}
