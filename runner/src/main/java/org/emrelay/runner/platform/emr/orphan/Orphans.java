package org.emrelay.runner.platform.emr.orphan;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrClusterState;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;

/** Finds resources whose cluster no longer exists or was never created, for all workspaces in the region. */
public record Orphans(AwsContext aws, WorkspaceIdentity identity, Notices notices) {
    /** A running creation elsewhere has resources but no cluster yet. It takes minutes, with all retries less than an hour. */
    static final Duration MIN_AGE = Duration.ofHours(1);

    /** Finds all orphans. None is removable if the clusters cannot be listed. */
    public List<Orphan> find() throws IOException {
        aws.clients().prewarm();
        ResourceNameParser names = new ResourceNameParser(scope());
        // List resources before clusters: a cluster created in between whose resources are in the first listing is
        // then in the second one.
        List<OwnedResource> owned = new ArrayList<>(new Inventory(aws, names, notices).find());
        AbandonedClusters abandoned = AbandonedClusters.read(aws, identity);
        Optional<List<ListedCluster>> active = active();
        Optional<Set<OwnerTags>> activeOwners = active.map(clusters -> wantedOwners(clusters, abandoned));
        active.stream()
                .flatMap(List::stream)
                .filter(abandoned::contains)
                .forEach(cluster -> owned.add(resource(cluster)));
        String thisWorkspace = identity.findId().orElse("");
        List<Orphan> orphans = new ArrayList<>();
        groupByOwner(owned, names, activeOwners.orElse(Set.of())).forEach((owner, leftovers) -> {
            if (!activeOwners.orElse(Set.of()).contains(owner)) {
                boolean isOwn = owner.workspaceId().equals(thisWorkspace);
                boolean isTagged = leftovers.stream().anyMatch(resource -> resource.ownerByTags() != null);
                boolean removable = activeOwners.isPresent() && ((isOwn && isTagged) || isOldEnough(leftovers));
                orphans.add(new Orphan(owner, leftovers, isOwn, removable));
            }
        });
        return orphans;
    }

    AwsScope scope() {
        return new AwsScope(aws.clients().partition(), aws.clients().region(), aws.accountId(), "");
    }

    private static OwnedResource resource(ListedCluster cluster) {
        ListedCluster.Origin origin = cluster.origin().orElseThrow();
        OwnerTags owner = new OwnerTags(origin.workspaceId(), origin.cluster());
        return new OwnedResource(ResourceKind.CLUSTER, cluster.name(), cluster.id(), cluster.created(), owner, owner);
    }

    /** Returns the owners of all active clusters that are not abandoned; empty if the clusters may not be listed. */
    Optional<Set<OwnerTags>> activeOwners(AbandonedClusters abandoned) {
        return active().map(clusters -> wantedOwners(clusters, abandoned));
    }

    private static Set<OwnerTags> wantedOwners(List<ListedCluster> active, AbandonedClusters abandoned) {
        return active.stream()
                .filter(cluster -> !abandoned.contains(cluster))
                .flatMap(cluster -> cluster.origin().stream())
                .map(origin -> new OwnerTags(origin.workspaceId(), origin.cluster()))
                .collect(Collectors.toSet());
    }

    private Optional<List<ListedCluster>> active() {
        try {
            return Optional.of(new Clusters(aws).list(null, EmrClusterState.ACTIVE));
        } catch (AwsException fault) {
            if (fault.is(AwsException.Kind.ACCESS_DENIED)) {
                notices.warn("The clusters cannot be listed, so nothing is deleted. " + fault.message());
                return Optional.empty();
            }
            throw fault;
        }
    }

    /** Assigns an untagged resource to the known cluster that would use its name, otherwise to the owner parsed from the name. */
    private static Map<OwnerTags, List<OwnedResource>> groupByOwner(
            List<OwnedResource> owned, ResourceNameParser names, Set<OwnerTags> activeOwners) {
        Set<OwnerTags> known = new LinkedHashSet<>(activeOwners);
        owned.stream()
                .flatMap(resource -> Stream.ofNullable(resource.ownerByTags()))
                .forEach(known::add);
        Map<OwnerTags, List<OwnedResource>> grouped = new LinkedHashMap<>();
        for (OwnedResource resource : owned) {
            OwnerTags owner = resource.ownerByTags();
            if (owner == null) {
                owner = known.stream()
                        .filter(candidate -> candidate
                                .workspaceId()
                                .equals(resource.ownerByName().workspaceId()))
                        .filter(candidate ->
                                names.namesOf(resource.kind(), candidate).contains(resource.name()))
                        .findFirst()
                        .orElse(resource.ownerByName());
            }
            grouped.computeIfAbsent(owner, candidate -> new ArrayList<>()).add(resource);
        }
        return grouped;
    }

    /** The newest resource decides, because a creation reuses what an earlier one left. Without any creation time, returns false. */
    private boolean isOldEnough(List<OwnedResource> owned) {
        Instant cutoff = aws.now().minus(MIN_AGE);
        return owned.stream()
                .flatMap(resource -> Stream.ofNullable(resource.created()))
                .max(Instant::compareTo)
                .map(youngest -> youngest.isBefore(cutoff))
                .orElse(false);
    }
}
