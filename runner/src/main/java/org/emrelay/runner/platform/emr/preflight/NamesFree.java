package org.emrelay.runner.platform.emr.preflight;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.blueprint.Names;
import org.emrelay.runner.platform.emr.blueprint.Ownership;
import org.emrelay.runner.platform.emr.bucket.Buckets;
import org.emrelay.runner.platform.emr.identity.InstanceProfiles;
import org.emrelay.runner.platform.emr.identity.Roles;

/** Looks whether the names that will be used are free, or taken by what an earlier creation of the same cluster left. */
final class NamesFree {
    private final Aws aws;
    private final Cluster cluster;
    private final Names names;
    private final Ownership ownership;

    NamesFree(Aws aws, Cluster cluster, Names names) {
        this.aws = aws;
        this.cluster = cluster;
        this.names = names;
        this.ownership = new Ownership(names.site().workspace(), names.cluster());
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
