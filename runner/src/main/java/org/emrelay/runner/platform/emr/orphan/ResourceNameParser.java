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

/** Tells by a thing's name and tags whether it is one of ours, of whichever workspace, in one region of one account. */
final class ResourceNameParser {
    private final AwsScope site;
    private final String base;

    /** @param site whatever its workspace */
    ResourceNameParser(AwsScope site) {
        this.site = site;
        this.base = ResourceNames.PREFIX + "([0-9a-f]{8})-" + Pattern.quote(site.region()) + "-([a-z0-9-]{1,16})";
    }

    private String pattern(ResourceKind kind) {
        return switch (kind) {
            case ROLE -> base + "-(?:service|nodes)";
            case INSTANCE_PROFILE -> base + "-nodes";
            case SECURITY_GROUP -> base + "-(?:primary|core|access)";
            case SECURITY_CONFIGURATION -> base;
            case BUCKET ->
                ResourceNames.PREFIX + Pattern.quote(site.account() + "-" + site.region())
                        + "-([0-9a-f]{8})-([a-z0-9-]{1,10})";
            case CLUSTER -> "";
        };
    }

    /** Whose a thing of this name would be, the cluster's name perhaps shortened; empty for a name that we do not make. */
    Optional<OwnerTags> named(ResourceKind kind, String name) {
        Matcher matcher = Pattern.compile(pattern(kind)).matcher(name);
        return matcher.matches()
                ? Optional.of(new OwnerTags(matcher.group(1), matcher.group(2)))
                        .filter(owner -> namesOf(kind, owner).contains(name))
                : Optional.empty();
    }

    /** What tags say, where they and the name say the same; a name that is like ours is not enough, and tags that somebody copied neither. */
    Optional<OwnerTags> owner(ResourceKind kind, String name, Map<String, String> tags) {
        String workspace = tags.get(OwnerTags.WORKSPACE);
        String cluster = tags.get(OwnerTags.CLUSTER);
        if (workspace == null || cluster == null) {
            return Optional.empty();
        }
        OwnerTags owner = new OwnerTags(workspace, cluster);
        return Optional.of(owner).filter(known -> namesOf(kind, known).contains(name));
    }

    /** The names that things of a kind have of one cluster. */
    Set<String> namesOf(ResourceKind kind, OwnerTags owner) {
        ResourceNames names = names(owner);
        return switch (kind) {
            case ROLE -> Set.of(names.serviceRole(), names.nodeRole());
            case INSTANCE_PROFILE -> Set.of(names.nodeRole());
            case SECURITY_GROUP -> Set.of(names.primaryGroup(), names.coreGroup(), names.accessGroup());
            case SECURITY_CONFIGURATION -> Set.of(names.securityConfiguration());
            case BUCKET -> Set.of(names.bucket());
            case CLUSTER -> Set.of();
        };
    }

    ResourceNames names(OwnerTags owner) {
        return new ResourceNames(
                new AwsScope(site.partition(), site.region(), site.account(), owner.workspace()), owner.cluster());
    }
}
