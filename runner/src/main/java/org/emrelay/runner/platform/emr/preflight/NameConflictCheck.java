package org.emrelay.runner.platform.emr.preflight;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.iam.InstanceProfiles;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.s3.Buckets;

/** Checks that the resource names are free or used by an earlier creation of the same cluster. */
final class NameConflictCheck {
    private final AwsContext aws;
    private final Cluster cluster;
    private final ResourceNames names;
    private final OwnerTags ownerTags;

    NameConflictCheck(AwsContext aws, Cluster cluster, ResourceNames names) {
        this.aws = aws;
        this.cluster = cluster;
        this.names = names;
        this.ownerTags = new OwnerTags(names.scope().workspaceId(), names.cluster());
    }

    boolean checkServiceRole(Consumer<String> errors) {
        return cluster.iam().serviceRole() != null
                || isFree("role", names.serviceRole(), new Roles(aws).findTags(names.serviceRole()), errors);
    }

    boolean checkNodeRole(Consumer<String> errors) {
        return cluster.iam().instanceProfile() != null
                || isFree("role", names.nodeRole(), new Roles(aws).findTags(names.nodeRole()), errors);
    }

    boolean checkInstanceProfile(Consumer<String> errors) {
        return cluster.iam().instanceProfile() != null
                || isFree(
                        "instance profile",
                        names.nodeRole(),
                        new InstanceProfiles(aws).find(names.nodeRole()).map(InstanceProfiles.Profile::tags),
                        errors);
    }

    /** Returns whether the bucket exists from an earlier cluster of this name. A creation that crashed early leaves it untagged. */
    boolean checkBucket(Consumer<String> errors) {
        Buckets buckets = new Buckets(aws);
        Optional<String> existing = buckets.list("").stream()
                .filter(name -> name.endsWith(names.bucketSuffix()))
                .findFirst();
        existing.ifPresent(
                name -> isFree("bucket", name, buckets.findTags(name).filter(tags -> !tags.isEmpty()), errors));
        return existing.isPresent();
    }

    private boolean isFree(String kind, String name, Optional<Map<String, String>> tags, Consumer<String> errors) {
        if (tags.isPresent() && !ownerTags.matches(tags.get())) {
            errors.accept("The " + kind + " " + name + " already exists, and its tags do not match this"
                    + " cluster. Choose another cluster name with -c.");
            return false;
        }
        return true;
    }
}
