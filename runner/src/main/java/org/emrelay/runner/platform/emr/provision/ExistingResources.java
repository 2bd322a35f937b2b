package org.emrelay.runner.platform.emr.provision;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * The existing resources of one cluster, found by name, tag and journal.
 *
 * @param clusters all clusters found, in any state
 * @param roles the roles owned by this cluster
 * @param profiles the instance profile owned by this cluster, with its roles
 * @param bucketExists whether the bucket owned by this cluster exists
 * @param notOwned messages about resources that have this cluster's names but not its tags
 */
public record ExistingResources(
        List<EmrCluster> clusters,
        List<ExistingRole> roles,
        List<ExistingProfile> profiles,
        List<SecurityGroup> securityGroups,
        boolean bucketExists,
        String bucketName,
        List<String> notOwned) {

    /** A role with its policies, which are to be deleted or detached first. */
    public record ExistingRole(String name, List<String> inlinePolicies, List<String> attachedPolicies) {
        public ExistingRole {
            inlinePolicies = List.copyOf(inlinePolicies);
            attachedPolicies = List.copyOf(attachedPolicies);
        }
    }

    /** An instance profile with its roles. */
    public record ExistingProfile(String name, List<String> roles) {
        public ExistingProfile {
            roles = List.copyOf(roles);
        }
    }

    public ExistingResources {
        clusters = List.copyOf(clusters);
        roles = List.copyOf(roles);
        profiles = List.copyOf(profiles);
        securityGroups = List.copyOf(securityGroups);
        notOwned = List.copyOf(notOwned);
    }

    public List<EmrCluster> activeClusters() {
        return clusters.stream().filter(cluster -> !cluster.hasEnded()).toList();
    }

    /** Whether no resource has to be deleted, not counting the bucket. */
    public boolean hasNothingToDelete() {
        return activeClusters().isEmpty() && roles.isEmpty() && profiles.isEmpty() && securityGroups.isEmpty();
    }

    /** Lists what would be deleted, for a confirmation prompt. */
    public String summary() {
        List<String> items = new ArrayList<>();
        activeClusters().forEach(cluster -> items.add("cluster " + cluster.id() + " (" + cluster.state() + ")"));
        add(items, roles.size(), "role");
        add(items, profiles.size(), "instance profile");
        add(items, securityGroups.size(), "security group");
        return items.isEmpty() ? "nothing" : String.join(", ", items);
    }

    private static void add(List<String> items, int count, String singular) {
        if (count > 0) {
            items.add(count + " " + singular + (count == 1 ? "" : "s"));
        }
    }
}
