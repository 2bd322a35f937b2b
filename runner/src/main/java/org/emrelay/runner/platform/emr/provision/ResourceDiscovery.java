package org.emrelay.runner.platform.emr.provision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.ec2.SecurityGroups;
import org.emrelay.runner.platform.aws.iam.InstanceProfiles;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.EmrClusterState;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.provision.ExistingResources.ExistingProfile;
import org.emrelay.runner.platform.emr.provision.ExistingResources.ExistingRole;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Finds the existing resources of a cluster by derived names, tags and the journal, if it still exists. */
public final class ResourceDiscovery {
    private final AwsContext aws;
    private final ResourceNames names;
    private final Supplier<String> bucketName;
    private final ResourceJournal journal;
    private final Notices notices;
    private final ConcurrentLinkedQueue<String> notOwned = new ConcurrentLinkedQueue<>();

    /** IAM and EC2 are eventually consistent: they may not find a resource that was created moments ago. */
    private static final Duration READ_LAG = Duration.ofSeconds(30);

    /** A resource that is older is found, or does not exist. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    public ResourceDiscovery(AwsContext aws, ResourceNames names, ResourceJournal journal, Notices notices) {
        this(aws, names, names::bucket, journal, notices);
    }

    /**
     * Allows the search to start before the account id is known.
     *
     * @param bucketName the only name that contains the account id; supplied lazily so that no other lookup waits for it
     */
    public ResourceDiscovery(
            AwsContext aws,
            ResourceNames names,
            Supplier<String> bucketName,
            ResourceJournal journal,
            Notices notices) {
        this.aws = aws;
        this.names = names;
        this.bucketName = bucketName;
        this.journal = journal;
        this.notices = notices;
    }

    /** Pending lookups of everything but clusters. */
    private record NonClusterResources(
            List<Task<Optional<ExistingRole>>> roles,
            Task<Optional<ExistingProfile>> profile,
            Task<List<SecurityGroup>> groups,
            Task<Boolean> bucket) {
        List<ExistingRole> rolesFound() {
            List<ExistingRole> found = new ArrayList<>();
            roles.forEach(role -> role.get().ifPresent(found::add));
            return found;
        }

        boolean hasAny() {
            return !rolesFound().isEmpty()
                    || profile.get().isPresent()
                    || !groups.get().isEmpty();
        }
    }

    private NonClusterResources scheduleOthers(ParallelTasks tasks) {
        return new NonClusterResources(
                List.of(tasks.start(() -> role(names.serviceRole())), tasks.start(() -> role(names.nodeRole()))),
                tasks.start(this::profile),
                tasks.start(this::groups),
                tasks.start(this::bucket));
    }

    private ExistingResources existing(Map<String, EmrCluster> clusters, NonClusterResources others) {
        return new ExistingResources(
                List.copyOf(clusters.values()),
                others.rolesFound(),
                others.profile().get().stream().toList(),
                others.groups().get(),
                others.bucket().get(),
                bucketName.get(),
                List.copyOf(notOwned));
    }

    /** Finds everything but clusters, for a caller that knows there is no cluster. */
    public ExistingResources findWithoutClusters() {
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            NonClusterResources others = scheduleOthers(tasks);
            tasks.join();
            return existing(Map.of(), others);
        }
    }

    public ExistingResources find() {
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            Task<Map<String, EmrCluster>> listed = tasks.start(this::listed);
            Task<Map<String, EmrCluster>> journaled = tasks.start(this::journaled);
            NonClusterResources others = scheduleOthers(tasks);
            tasks.join();
            Map<String, EmrCluster> clusters = new LinkedHashMap<>(journaled.get());
            clusters.putAll(listed.get());
            if (mayHaveUnlistedCluster(clusters, others.hasAny())) {
                new Clusters(aws)
                        .awaitListed(
                                () -> Optional.of(listed())
                                        .filter(now -> !clusters.keySet().containsAll(now.keySet())),
                                notices)
                        .ifPresent(clusters::putAll);
            }
            return existing(clusters, others);
        }
    }

    /** Whether a requested cluster may exist that ListClusters omits, because it is eventually consistent. */
    private boolean mayHaveUnlistedCluster(Map<String, EmrCluster> found, boolean otherResourcesExist) {
        if (journal.isEmpty()) {
            return found.isEmpty() && otherResourcesExist;
        }
        return journal.remaining(ResourceKind.CLUSTER).entrySet().stream()
                .anyMatch(request -> request.getValue().isEmpty() && !containsCreation(found, request.getKey()));
    }

    private boolean containsCreation(Map<String, EmrCluster> found, String creationId) {
        return found.values().stream().anyMatch(cluster -> cluster.name().equals(names.cluster(creationId)));
    }

    private Map<String, EmrCluster> listed() {
        Clusters clusters = new Clusters(aws);
        Map<String, EmrCluster> found = new LinkedHashMap<>();
        for (ListedCluster candidate : clusters.list(null, EmrClusterState.ACTIVE)) {
            if (candidate.name().startsWith(names.clusterNamePrefix())) {
                addIfOwned(found, clusters.find(candidate.id()));
            }
        }
        return found;
    }

    private Map<String, EmrCluster> journaled() {
        Clusters clusters = new Clusters(aws);
        Map<String, EmrCluster> found = new LinkedHashMap<>();
        Set<String> ids =
                new LinkedHashSet<>(journal.remaining(ResourceKind.CLUSTER).values());
        ids.remove("");
        ids.forEach(id -> addIfOwned(found, clusters.find(id)));
        return found;
    }

    private void addIfOwned(Map<String, EmrCluster> found, Optional<EmrCluster> cluster) {
        if (cluster.isPresent() && names.ownerTags().matches(cluster.get().tags())) {
            found.put(cluster.get().id(), cluster.get());
        } else if (cluster.isPresent()) {
            notOwned.add(
                    "Cluster " + cluster.get().id() + " has this cluster's name but not its tags: left unchanged.");
        }
    }

    /** Repeats a lookup that finds nothing although the resource was requested moments ago. */
    private <T> Optional<T> findRequested(ResourceKind kind, String name, Supplier<Optional<T>> lookup) {
        Optional<T> found = lookup.get();
        return found.isPresent() || !recent(kind).contains(name)
                ? found
                : aws.retry().poll(3, READ_LAG, lookup);
    }

    private Set<String> recent(ResourceKind kind) {
        return journal.requestedSince(kind, aws.now().minus(RECENT));
    }

    private List<SecurityGroup> groups() {
        SecurityGroups groups = new SecurityGroups(aws);
        List<SecurityGroup> found = groups.findOwned(names.ownerTags());
        Set<String> missing = new LinkedHashSet<>(recent(ResourceKind.SECURITY_GROUP));
        found.forEach(group -> missing.remove(group.groupName()));
        if (missing.isEmpty()) {
            return found;
        }
        Supplier<List<SecurityGroup>> lookup = () -> groups.findOwned(names.ownerTags());
        return aws.retry()
                .poll(3, READ_LAG, () -> Optional.of(lookup.get()).filter(now -> containsAll(now, missing)))
                .orElseGet(lookup);
    }

    private static boolean containsAll(List<SecurityGroup> groups, Set<String> groupNames) {
        return groups.stream().map(SecurityGroup::groupName).toList().containsAll(groupNames);
    }

    private Optional<ExistingRole> role(String name) {
        Roles roles = new Roles(aws);
        Optional<Map<String, String>> tags = findRequested(ResourceKind.ROLE, name, () -> roles.findTags(name));
        if (tags.isEmpty()) {
            return Optional.empty();
        } else if (!names.ownerTags().matches(tags.get())) {
            notOwned.add("Role " + name + " has this cluster's name but not its tags: left unchanged.");
            return Optional.empty();
        }
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            Task<List<String>> inlinePolicies = tasks.start(() -> roles.inlinePolicies(name));
            Task<List<String>> attachedPolicies = tasks.start(() -> roles.attachedPolicies(name));
            tasks.join();
            return Optional.of(new ExistingRole(name, inlinePolicies.get(), attachedPolicies.get()));
        }
    }

    private Optional<ExistingProfile> profile() {
        String name = names.nodeRole();
        Optional<InstanceProfiles.Profile> found =
                findRequested(ResourceKind.INSTANCE_PROFILE, name, () -> new InstanceProfiles(aws).find(name));
        if (found.isPresent() && !names.ownerTags().matches(found.get().tags())) {
            notOwned.add("Instance profile " + name + " has this cluster's name but not its tags: left unchanged.");
            return Optional.empty();
        }
        return found.map(profile -> new ExistingProfile(name, profile.roles()));
    }

    /** A creation that crashed early leaves its bucket untagged. The workspace id in the name still identifies it. */
    private boolean bucket() {
        String name = bucketName.get();
        Optional<Map<String, String>> tags = new Buckets(aws).findTags(name);
        if (tags.isPresent() && !tags.get().isEmpty() && !names.ownerTags().matches(tags.get())) {
            notOwned.add("Bucket " + name + " has this cluster's name but not its tags: left unchanged.");
            return false;
        }
        return tags.isPresent();
    }
}
