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

/** Looks whether the names that will be used are free, or taken by what an earlier creation of the same cluster left. */
final class NameConflictCheck {
    private final AwsContext aws;
    private final Cluster cluster;
    private final ResourceNames names;
    private final OwnerTags ownership;

    NameConflictCheck(AwsContext aws, Cluster cluster, ResourceNames names) {
        this.aws = aws;
        this.cluster = cluster;
        this.names = names;
        this.ownership = new OwnerTags(names.site().workspace(), names.cluster());
    }

    boolean serviceRole(Consumer<String> error) {
        return cluster.access().serviceRole() != null
                || isFree("role", names.serviceRole(), new Roles(aws).find(names.serviceRole()), error);
    }

    boolean nodeRole(Consumer<String> error) {
        return cluster.access().instanceProfile() != null
                || isFree("role", names.nodeRole(), new Roles(aws).find(names.nodeRole()), error);
    }

    boolean profile(Consumer<String> error) {
        return cluster.access().instanceProfile() != null
                || isFree(
                        "instance profile",
                        names.nodeRole(),
                        new InstanceProfiles(aws).find(names.nodeRole()).map(InstanceProfiles.Found::tags),
                        error);
    }

    /** Whether our bucket is there from an earlier cluster of the name; one without tags is what a creation left that died at once. */
    boolean bucket(Consumer<String> error) {
        Buckets buckets = new Buckets(aws);
        Optional<String> there = buckets.list("").stream()
                .filter(name -> name.endsWith(names.bucketEnding()))
                .findFirst();
        there.ifPresent(name -> isFree("bucket", name, buckets.find(name).filter(tags -> !tags.isEmpty()), error));
        return there.isPresent();
    }

    private boolean isFree(String kind, String name, Optional<Map<String, String>> tags, Consumer<String> error) {
        if (tags.isPresent() && !ownership.isIn(tags.get())) {
            error.accept("The " + kind + " " + name + " is there already, and its tags do not say that it is of this"
                    + " cluster. Take another name with -c.");
            return false;
        }
        return true;
    }
}
