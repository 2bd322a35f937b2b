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
    private final Consumer<String> errors;

    NameConflictCheck(AwsContext aws, Cluster cluster, ResourceNames names, Consumer<String> errors) {
        this.aws = aws;
        this.cluster = cluster;
        this.names = names;
        this.errors = errors;
        this.ownerTags = new OwnerTags(names.scope().workspaceId(), names.cluster());
    }

    void checkServiceRole() {
        if (cluster.iam().serviceRole() == null) {
            check("role", names.serviceRole(), new Roles(aws).findTags(names.serviceRole()));
        }
    }

    void checkNodeRole() {
        if (cluster.iam().instanceProfile() == null) {
            check("role", names.nodeRole(), new Roles(aws).findTags(names.nodeRole()));
        }
    }

    void checkInstanceProfile() {
        if (cluster.iam().instanceProfile() == null) {
            check(
                    "instance profile",
                    names.nodeRole(),
                    new InstanceProfiles(aws).find(names.nodeRole()).map(InstanceProfiles.Profile::tags));
        }
    }

    /** Returns whether the bucket exists from an earlier cluster of this name. A creation that crashed early leaves it untagged. */
    boolean checkBucket() {
        Buckets buckets = new Buckets(aws);
        Optional<String> existing = buckets.list("").stream()
                .filter(name -> name.endsWith(names.bucketSuffix()))
                .findFirst();
        existing.ifPresent(name -> check("bucket", name, buckets.findTags(name).filter(tags -> !tags.isEmpty())));
        return existing.isPresent();
    }

    private void check(String kind, String name, Optional<Map<String, String>> tags) {
        if (tags.isPresent() && !ownerTags.matches(tags.get())) {
            errors.accept("The " + kind + " " + name + " already exists, and its tags do not match this"
                    + " cluster. Choose another cluster name with -c.");
        }
    }
}
