package org.emrelay.runner.platform.emr.provision;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.ec2.SecurityGroups;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.EmrClusterState;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;

/**
 * Finds a running cluster of the same name, so that there are never two.
 *
 * <p>An earlier creation may have requested it and crashed before it received the id.
 */
public record ExistingClusterLookup(AwsContext aws, ResourceNames names, ResourceJournal journal, Notices notices) {
    /** Terminates abandoned clusters that have appeared; returns the id of another cluster that is up, if any. */
    public Optional<String> find() {
        terminateAbandoned();
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            Task<Optional<String>> listed = tasks.start(this::listed);
            Task<Optional<String>> journaled = tasks.start(this::journaled);
            Task<Boolean> group = tasks.start(() -> journal.isEmpty() && exists(this::hasGroup));
            Task<Boolean> role = tasks.start(() -> journal.isEmpty() && exists(this::hasRole));
            tasks.join();
            Optional<String> found = journaled.get().or(listed::get);
            if (found.isPresent() || !mayBeRequested(group.get() || role.get())) {
                return found;
            }
            found = new Clusters(aws).awaitListed(this::listed, notices);
            if (found.isEmpty()) {
                forgetRequests();
            }
            return found;
        }
    }

    private void terminateAbandoned() {
        Set<String> abandoned = journal.abandoned();
        if (abandoned.isEmpty()) {
            return;
        }
        Clusters clusters = new Clusters(aws);
        List<EmrCluster> appeared = ofThisName()
                .filter(cluster -> cluster.origin()
                        .filter(origin -> abandoned.contains(origin.creationId()))
                        .isPresent())
                .flatMap(cluster -> clusters.find(cluster.id()).stream())
                .filter(cluster -> names.ownerTags().matches(cluster.tags()))
                .toList();
        if (!appeared.isEmpty()) {
            notices.notice("A cluster of an earlier creation, which was rolled back, has appeared");
            new ClusterTermination(aws, notices).terminate(appeared);
        }
        appeared.forEach(cluster -> abandoned.stream()
                .filter(creation -> cluster.name().equals(names.cluster(creation)))
                .forEach(creation -> journal.recordDeleted(ResourceKind.CLUSTER, creation)));
    }

    /**
     * Whether a cluster may exist that is not listed yet: the journal has an open request, or the journal is lost and other
     * resources of the cluster exist.
     */
    private boolean mayBeRequested(boolean otherResourcesExist) {
        boolean requested = journal.remaining(ResourceKind.CLUSTER).containsValue("");
        return requested || (journal.isEmpty() && otherResourcesExist);
    }

    private Optional<String> listed() {
        return ofThisName().map(ListedCluster::id).findFirst();
    }

    private Stream<ListedCluster> ofThisName() {
        return new Clusters(aws)
                .list(null, EmrClusterState.UP).stream()
                        .filter(cluster -> cluster.name().startsWith(names.clusterNamePrefix()));
    }

    private Optional<String> journaled() {
        return journal.remaining(ResourceKind.CLUSTER).values().stream()
                .filter(id -> !id.isEmpty())
                .flatMap(id -> new Clusters(aws).find(id).stream())
                .filter(EmrCluster::isUp)
                .map(EmrCluster::id)
                .findFirst();
    }

    /** A requested cluster would be listed by now, so later commands need not wait for it. */
    private void forgetRequests() {
        journal.remaining(ResourceKind.CLUSTER).forEach((creationId, id) -> {
            if (id.isEmpty()) {
                journal.recordDeleted(ResourceKind.CLUSTER, creationId);
            }
        });
    }

    private boolean hasGroup() {
        return !new SecurityGroups(aws).findOwned(names.ownerTags()).isEmpty();
    }

    private boolean hasRole() {
        return new Roles(aws).findTags(names.nodeRole()).isPresent();
    }

    /** A denied lookup counts as not found: the later create call reports the missing permission. */
    private static boolean exists(Supplier<Boolean> lookup) {
        return AwsException.handle(lookup, fault -> false, Kind.ACCESS_DENIED, Kind.UNSUPPORTED_OPERATION);
    }
}
