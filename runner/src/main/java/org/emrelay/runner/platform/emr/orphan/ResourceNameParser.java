package org.emrelay.runner.platform.emr.orphan;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.ResourceNames;

/** Parses resource names and verifies tags to identify resources created by this program, for any workspace. */
final class ResourceNameParser {
    private final AwsScope scope;
    private final String basePattern;

    /** @param scope the account and region; its workspace id is ignored */
    ResourceNameParser(AwsScope scope) {
        this.scope = scope;
        this.basePattern =
                ResourceNames.PREFIX + "([0-9a-f]{8})-" + Pattern.quote(scope.region()) + "-([a-z0-9-]{1,16})";
    }

    private String pattern(ResourceKind kind) {
        return switch (kind) {
            case ROLE -> basePattern + "-(?:service|nodes)";
            case INSTANCE_PROFILE -> basePattern + "-nodes";
            case SECURITY_GROUP -> basePattern + "-(?:primary|core|access)";
            case SECURITY_CONFIGURATION -> basePattern;
            case BUCKET ->
                ResourceNames.PREFIX + Pattern.quote(scope.account() + "-" + scope.region())
                        + "-([0-9a-f]{8})-([a-z0-9-]{1,10})";
            case CLUSTER, LOG_GROUP, DELIVERY_STREAM -> "";
        };
    }

    /** Parses the owner from a name; the cluster name may be truncated. Empty if this program does not generate such names. */
    Optional<OwnerTags> parse(ResourceKind kind, String name) {
        Matcher matcher = Pattern.compile(pattern(kind)).matcher(name);
        return matcher.matches()
                ? Optional.of(new OwnerTags(matcher.group(1), matcher.group(2)))
                        .filter(owner -> namesOf(kind, owner).contains(name))
                : Optional.empty();
    }

    /** Returns the owner in the tags if it matches the name. Neither a similar name nor copied tags alone prove ownership. */
    Optional<OwnerTags> verifiedOwner(ResourceKind kind, String name, Map<String, String> tags) {
        return OwnerTags.in(tags).filter(tagged -> namesOf(kind, tagged).contains(name));
    }

    /** The names of a cluster's resources of one kind. */
    Set<String> namesOf(ResourceKind kind, OwnerTags owner) {
        ResourceNames names = names(owner);
        return switch (kind) {
            case ROLE -> Set.of(names.serviceRole(), names.nodeRole());
            case INSTANCE_PROFILE -> Set.of(names.nodeRole());
            case SECURITY_GROUP -> Set.of(names.primaryGroup(), names.coreGroup(), names.serviceAccessGroup());
            case SECURITY_CONFIGURATION -> Set.of(names.securityConfiguration());
            case BUCKET -> Set.of(names.bucket());
            case CLUSTER, LOG_GROUP, DELIVERY_STREAM -> Set.of();
        };
    }

    ResourceNames names(OwnerTags owner) {
        return new ResourceNames(
                new AwsScope(scope.partition(), scope.region(), scope.account(), owner.workspaceId()), owner.cluster());
    }
}
