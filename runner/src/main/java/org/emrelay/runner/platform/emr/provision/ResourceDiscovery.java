package org.emrelay.runner.platform.emr.provision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.ec2.SecurityGroups;
import org.emrelay.runner.platform.aws.iam.InstanceProfiles;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.Task;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.provision.ExistingResources.ProfileRemains;
import org.emrelay.runner.platform.emr.provision.ExistingResources.RoleRemains;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Finds all that is there of a cluster: by the names that follow from the workspace and the cluster's own, by tag, and by the ledger, if it is not lost. */
public final class ResourceDiscovery {
    private static final List<String> NOT_ENDED =
            List.of("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING");

    private final AwsContext aws;
    private final ResourceNames names;
    private final Supplier<String> bucketName;
    private final OwnerTags ownership;
    private final ResourceJournal ledger;
    private final Consumer<String> say;
    private final ConcurrentLinkedQueue<String> foreign = new ConcurrentLinkedQueue<>();

    public ResourceDiscovery(
            AwsContext aws, ResourceNames names, OwnerTags ownership, ResourceJournal ledger, Consumer<String> say) {
        this(aws, names, names::bucket, ownership, ledger, say);
    }

    /**
     * A search that begins before all names are known.
     *
     * @param bucketName the bucket's name, which alone needs the account: asked for aside, so that nothing else waits for that
     */
    public ResourceDiscovery(
            AwsContext aws,
            ResourceNames names,
            Supplier<String> bucketName,
            OwnerTags ownership,
            ResourceJournal ledger,
            Consumer<String> say) {
        this.aws = aws;
        this.names = names;
        this.bucketName = bucketName;
        this.ownership = ownership;
        this.ledger = ledger;
        this.say = say;
    }

    /** What is there beside clusters, without any look at those. */
    private record Things(
            List<Task<Optional<RoleRemains>>> roles,
            Task<Optional<ProfileRemains>> profile,
            Task<List<SecurityGroup>> groups,
            Task<Boolean> bucket) {
        List<RoleRemains> rolesFound() {
            List<RoleRemains> found = new ArrayList<>();
            roles.forEach(role -> role.get().ifPresent(found::add));
            return found;
        }

        boolean isSomething() {
            return !rolesFound().isEmpty()
                    || profile.get().isPresent()
                    || !groups.get().isEmpty();
        }
    }

    private Things startThings(ParallelTasks work) {
        return new Things(
                List.of(work.start(() -> role(names.serviceRole())), work.start(() -> role(names.nodeRole()))),
                work.start(this::profile),
                work.start(() -> new SecurityGroups(aws).find(ownership)),
                work.start(this::bucket));
    }

    private ExistingResources remains(Map<String, EmrCluster> clusters, Things things) {
        return new ExistingResources(
                List.copyOf(clusters.values()),
                things.rolesFound(),
                things.profile().get().stream().toList(),
                things.groups().get(),
                things.bucket().get(),
                bucketName.get(),
                List.copyOf(foreign));
    }

    /** All but clusters, for somebody who knows that there is none. */
    public ExistingResources findThings() {
        try (ParallelTasks work = new ParallelTasks(true)) {
            Things things = startThings(work);
            work.finish();
            return remains(Map.of(), things);
        }
    }

    public ExistingResources find() {
        try (ParallelTasks work = new ParallelTasks(true)) {
            Task<Map<String, EmrCluster>> listed = work.start(this::listed);
            Task<Map<String, EmrCluster>> known = work.start(this::known);
            Things things = startThings(work);
            work.finish();
            Map<String, EmrCluster> clusters = new LinkedHashMap<>(known.get());
            clusters.putAll(listed.get());
            if (mayBeMissing(clusters, things.isSomething())) {
                new EventualListing(aws, ledger, say)
                        .look(() -> Optional.of(listed())
                                .filter(now -> !clusters.keySet().containsAll(now.keySet())))
                        .ifPresent(clusters::putAll);
            }
            return remains(clusters, things);
        }
    }

    /** A cluster that was asked for and is not listed yet must be found: where the ledger does not rule it out, one looks for a while. */
    private boolean mayBeMissing(Map<String, EmrCluster> found, boolean somethingIsThere) {
        if (ledger.isEmpty()) {
            return found.isEmpty() && somethingIsThere;
        }
        return ledger.open(ResourceKind.CLUSTER).entrySet().stream()
                .anyMatch(asked -> asked.getValue().isEmpty() && !isAmong(found, asked.getKey()));
    }

    private boolean isAmong(Map<String, EmrCluster> found, String creation) {
        return found.values().stream().anyMatch(cluster -> cluster.name().equals(names.cluster(creation)));
    }

    private Map<String, EmrCluster> listed() {
        Clusters clusters = new Clusters(aws);
        Map<String, EmrCluster> found = new LinkedHashMap<>();
        for (ListedCluster each : clusters.list(null, NOT_ENDED)) {
            if (each.name().startsWith(names.clusterPrefix())) {
                addIfOurs(found, clusters.find(each.id()));
            }
        }
        return found;
    }

    private Map<String, EmrCluster> known() {
        Clusters clusters = new Clusters(aws);
        Map<String, EmrCluster> found = new LinkedHashMap<>();
        Set<String> ids = new LinkedHashSet<>(ledger.open(ResourceKind.CLUSTER).values());
        ids.remove("");
        ids.forEach(id -> addIfOurs(found, clusters.find(id)));
        return found;
    }

    private void addIfOurs(Map<String, EmrCluster> found, Optional<EmrCluster> cluster) {
        if (cluster.isPresent() && ownership.isIn(cluster.get().tags())) {
            found.put(cluster.get().id(), cluster.get());
        } else if (cluster.isPresent()) {
            foreign.add("The cluster " + cluster.get().id() + " has our name and not our tags: it is left as it is.");
        }
    }

    private Optional<RoleRemains> role(String name) {
        Roles roles = new Roles(aws);
        Optional<Map<String, String>> tags = roles.find(name);
        if (tags.isEmpty()) {
            return Optional.empty();
        } else if (!ownership.isIn(tags.get())) {
            foreign.add("The role " + name + " has our name and not our tags: it is left as it is.");
            return Optional.empty();
        }
        try (ParallelTasks work = new ParallelTasks(true)) {
            Task<List<String>> own = work.start(() -> roles.ownPolicies(name));
            Task<List<String>> attached = work.start(() -> roles.attachedPolicies(name));
            work.finish();
            return Optional.of(new RoleRemains(name, own.get(), attached.get()));
        }
    }

    private Optional<ProfileRemains> profile() {
        String name = names.nodeRole();
        Optional<InstanceProfiles.Found> found = new InstanceProfiles(aws).find(name);
        if (found.isPresent() && !ownership.isIn(found.get().tags())) {
            foreign.add("The instance profile " + name + " has our name and not our tags: it is left as it is.");
            return Optional.empty();
        }
        return found.map(profile -> new ProfileRemains(name, profile.roles()));
    }

    /** A creation that died at once left its bucket without tags; the workspace's id in the name tells all the same. */
    private boolean bucket() {
        String name = bucketName.get();
        Optional<Map<String, String>> tags = new Buckets(aws).find(name);
        if (tags.isPresent() && !tags.get().isEmpty() && !ownership.isIn(tags.get())) {
            foreign.add("The bucket " + name + " has our name and not our tags: it is left as it is.");
            return false;
        }
        return tags.isPresent();
    }
}
