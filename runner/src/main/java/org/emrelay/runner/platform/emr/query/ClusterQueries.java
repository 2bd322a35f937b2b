package org.emrelay.runner.platform.emr.query;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.aws.price.InstancePrices;
import org.emrelay.runner.platform.aws.price.PriceSource;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.EmrClusterState;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.cluster.ListedInstance;
import org.emrelay.runner.platform.emr.cluster.ListedStep;
import org.emrelay.runner.platform.emr.query.CostCalculator.PricedNode;
import org.jspecify.annotations.Nullable;

/** Read-only queries: lists clusters, describes one, and finds one by name. */
public record ClusterQueries(
        AwsContext aws, WorkspaceIdentity identity, PriceSource prices, Notices notices, RunnerCommand command) {
    /** EMR allows the whole account a burst of 25 calls, and 5 per second after that. Each priced cluster takes two calls. */
    public static final int MAX_PRICED_CLUSTERS = 10;

    /** Lists all clusters of the account, newest first. Active clusters are included whatever their age. */
    public List<ListedCluster> list(@Nullable Instant createdAfter, List<String> states) {
        Clusters clusters = new Clusters(aws);
        if (createdAfter == null || !states.isEmpty()) {
            return clusters.list(createdAfter, states);
        }
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            Task<List<ListedCluster>> recent = tasks.start(() -> clusters.list(createdAfter, List.of()));
            Task<List<ListedCluster>> active = tasks.start(() -> clusters.list(null, EmrClusterState.ACTIVE));
            tasks.join();
            Map<String, ListedCluster> all = new LinkedHashMap<>();
            recent.get().forEach(cluster -> all.put(cluster.id(), cluster));
            active.get().forEach(cluster -> all.putIfAbsent(cluster.id(), cluster));
            return List.copyOf(all.values());
        }
    }

    /**
     * Returns the costs so far by cluster id, without clusters whose cost is unknown. Takes two calls per cluster, and so
     * assumes EMR's default root volume.
     *
     * @param clusters only the first {@link #MAX_PRICED_CLUSTERS} are priced
     */
    public Map<String, AccruedCost> costs(List<ListedCluster> clusters) {
        Map<String, List<ListedInstance>> instances = new LinkedHashMap<>();
        Map<String, List<FleetState>> fleets = new LinkedHashMap<>();
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            Map<String, Task<List<ListedInstance>>> instancesById = new LinkedHashMap<>();
            Map<String, Task<List<FleetState>>> fleetsById = new LinkedHashMap<>();
            for (ListedCluster cluster :
                    clusters.stream().limit(MAX_PRICED_CLUSTERS).toList()) {
                String id = cluster.id();
                instancesById.put(id, tasks.start(() -> new Clusters(aws).instances(id)));
                fleetsById.put(id, tasks.start(() -> new Clusters(aws).fleetsBriefly(id)));
            }
            instancesById.forEach((id, task) -> instances.put(id, orNone(task)));
            fleetsById.forEach((id, task) -> fleets.put(id, orNone(task)));
        }
        instances.values().removeIf(List::isEmpty);
        CostCalculator costs = new CostCalculator(aws, prices, notices);
        List<ListedInstance> all =
                instances.values().stream().flatMap(List::stream).toList();
        Map<String, AccruedCost> costsById = new LinkedHashMap<>();
        if (all.isEmpty()) {
            return costsById;
        }
        // ListClusters does not return the availability zone, so all clusters use the price range of the region.
        InstancePrices current = costs.prices(all);
        for (ListedCluster cluster : clusters) {
            List<ListedInstance> listed = instances.get(cluster.id());
            if (listed != null) {
                EmrNodeTypes nodes = EmrNodeTypes.of(fleets.getOrDefault(cluster.id(), List.of()));
                costsById.put(
                        cluster.id(),
                        costs.ofNodes(CostCalculator.priced(listed, nodes, current), cluster.ended(), current.table()));
            }
        }
        return costsById;
    }

    /** An endpoint without a listing, such as a stand-in for AWS, is not worth a warning. */
    private <T> List<T> orNone(Task<List<T>> task) {
        try {
            return task.get();
        } catch (AwsException fault) {
            if (!fault.is(AwsException.Kind.UNSUPPORTED_OPERATION)) {
                notices.warn(fault.message());
            }
            return List.of();
        }
    }

    /** Describes the cluster with the given id, or with the given name if the id is null. */
    public ClusterDescription describe(@Nullable String id, @Nullable String name) throws IOException {
        String clusterId = id == null ? findIdByName(String.valueOf(name)) : id;
        Clusters clusters = new Clusters(aws);
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            Task<EmrCluster> cluster = tasks.start(() -> getById(clusterId));
            Task<List<FleetState>> fleets = tasks.start(() -> clusters.fleets(clusterId));
            Task<List<ListedStep>> steps = tasks.start(() -> clusters.steps(clusterId));
            Task<List<ListedInstance>> instances = tasks.start(() -> clusters.instances(clusterId));
            EmrCluster found = cluster.get();
            List<FleetState> fleetsFound = orWarn(fleets);
            List<ListedStep> stepsFound = orWarn(steps);
            List<ListedInstance> listed = orNone(instances);
            CostCalculator costs = new CostCalculator(aws, prices, notices);
            List<PricedNode> nodes = List.of();
            AccruedCost cost = null;
            if (!listed.isEmpty()) {
                InstancePrices current = costs.prices(found, listed);
                nodes = CostCalculator.priced(listed, EmrNodeTypes.of(found, fleetsFound), current);
                cost = costs.ofNodes(nodes, found.ended(), current.table());
            } else if (!fleetsFound.isEmpty()) {
                cost = costs.ofFleets(found, fleetsFound);
            }
            return new ClusterDescription(
                    found,
                    fleetsFound,
                    stepsFound,
                    nodes.stream().map(PricedNode::toChange).toList(),
                    cost,
                    new ConsoleLinks(aws.clients().partition(), aws.clients().region(), found));
        }
    }

    /** Turns an error into a warning, so that the rest of the description is still shown. */
    private <T> List<T> orWarn(Task<List<T>> task) {
        try {
            return task.get();
        } catch (AwsException fault) {
            notices.warn(fault.message());
            return List.of();
        }
    }

    /** Returns the newest cluster with this name created by this workspace. */
    private String findIdByName(String name) throws IOException {
        String prefix = aws.names(ownerTags(name), "").clusterNamePrefix();
        return new Clusters(aws)
                .list(null, List.of()).stream()
                        .filter(cluster -> cluster.name().startsWith(prefix))
                        .map(ListedCluster::id)
                        .findFirst()
                        .orElseThrow(() -> new RefusedException("This workspace has no cluster named '" + name + "' in "
                                + aws.clients().region() + ". List clusters: " + listCommand()));
    }

    /** Lists the clusters of this workspace that are up, newest first. */
    public List<ListedCluster> listUp() throws IOException {
        String workspaceId = identity.findId().orElse("");
        return new Clusters(aws)
                .list(null, EmrClusterState.UP).stream()
                        .filter(cluster -> cluster.origin()
                                .filter(origin -> origin.workspaceId().equals(workspaceId))
                                .isPresent())
                        .toList();
    }

    /** Returns the newest cluster with this name created by this workspace; it may have terminated. */
    public EmrCluster getByName(String name) throws IOException {
        return getById(findIdByName(name));
    }

    /**
     * Describes a cluster.
     *
     * @throws RefusedException if the cluster does not exist
     */
    public EmrCluster getById(String id) {
        return new Clusters(aws)
                .find(id)
                .orElseThrow(() -> new RefusedException("EMR has no cluster " + id + " in "
                        + aws.clients().region() + ". If it is in another region, pass --region."));
    }

    private String listCommand() {
        return command.action("list_clusters", "-t", "emr");
    }

    /** Returns the owner tags of a cluster given by name only: it belongs to this workspace. */
    public OwnerTags ownerTags(String name) throws IOException {
        String workspaceId = identity.findId()
                .orElseThrow(() -> new RefusedException("This workspace has created nothing on AWS, or its id is lost."
                        + " Pass the cluster id with -idc j-XXX. List clusters: " + listCommand()));
        return new OwnerTags(workspaceId, name);
    }
}
