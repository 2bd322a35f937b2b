package org.emrelay.runner.platform.emr.provision;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * What is there of a cluster, as it was found by name, tag and ledger.
 *
 * @param clusters with their ids, whatever their state
 * @param roles the names of those that are ours
 * @param profiles the instance profile that is ours, with the roles in it
 * @param bucket whether our bucket of it is there
 * @param foreign sentences about things of our names that are somebody else's
 */
public record ExistingResources(
        List<EmrCluster> clusters,
        List<RoleRemains> roles,
        List<ProfileRemains> profiles,
        List<SecurityGroup> groups,
        boolean bucket,
        String bucketName,
        List<String> foreign) {

    /** A role with the policies that hang on it. */
    public record RoleRemains(String name, List<String> own, List<String> attached) {
        public RoleRemains {
            own = List.copyOf(own);
            attached = List.copyOf(attached);
        }
    }

    /** An instance profile with the roles in it. */
    public record ProfileRemains(String name, List<String> roles) {
        public ProfileRemains {
            roles = List.copyOf(roles);
        }
    }

    public ExistingResources {
        clusters = List.copyOf(clusters);
        roles = List.copyOf(roles);
        profiles = List.copyOf(profiles);
        groups = List.copyOf(groups);
        foreign = List.copyOf(foreign);
    }

    public List<EmrCluster> up() {
        return clusters.stream().filter(cluster -> !cluster.hasEnded()).toList();
    }

    /** Whether nothing is there that has to go; the bucket may stay. */
    public boolean isNothing() {
        return up().isEmpty() && roles.isEmpty() && profiles.isEmpty() && groups.isEmpty();
    }

    /** What is there, for a question. */
    public String words() {
        List<String> words = new ArrayList<>();
        up().forEach(cluster -> words.add("the cluster " + cluster.id() + " (" + cluster.state() + ")"));
        add(words, roles.size(), "role");
        add(words, profiles.size(), "instance profile");
        add(words, groups.size(), "security group");
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    private static void add(List<String> words, int count, String singular) {
        if (count > 0) {
            words.add(count + " " + singular + (count == 1 ? "" : "s"));
        }
    }
}
