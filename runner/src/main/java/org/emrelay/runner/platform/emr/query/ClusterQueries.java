package org.emrelay.runner.platform.emr.query;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.Task;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.aws.price.InstancePrices;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.Instances;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.cluster.ListedInstance;
import org.emrelay.runner.platform.emr.cluster.ListedStep;
import org.jspecify.annotations.Nullable;

/** Lists clusters, describes one, and finds one by its name; nothing is changed by looking. */
public final class ClusterQueries {
    private static final List<String> LIVE = List.of("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING");

    private static final List<String> UP = List.of("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING");

    /** EMR takes 25 calls at once and five a second after that, from everybody in the account together. */
    public static final int MOST_RECKONED = 10;

    private final AwsContext aws;
    private final WorkspaceIdentity identity;
    private final Consumer<String> say;

    public ClusterQueries(AwsContext aws, WorkspaceIdentity identity, Consumer<String> say) {
        this.aws = aws;
        this.identity = identity;
        this.say = say;
    }

    /** The clusters of the account, whoever made them, the newest first. */
    public List<ListedCluster> list(@Nullable Instant since, List<String> states) {
        Clusters clusters = new Clusters(aws);
        if (since == null || !states.isEmpty()) {
            return clusters.list(since, states);
        }
        try (ParallelTasks work = new ParallelTasks(true)) {
            Task<List<ListedCluster>> recent = work.start(() -> clusters.list(since, List.of()));
            Task<List<ListedCluster>> live = work.start(() -> clusters.list(null, LIVE));
            work.finish();
            Map<String, ListedCluster> all = new LinkedHashMap<>();
            recent.get().forEach(cluster -> all.put(cluster.id(), cluster));
            live.get().forEach(cluster -> all.putIfAbsent(cluster.id(), cluster));
            return List.copyOf(all.values());
        }
    }

    /**
     * What clusters have cost so far; those that could not be reckoned are missing. It is a call for each, so nobody asks for more than a few.
     *
     * @param clusters of which {@link #MOST_RECKONED} may be asked for at once
     */
    public Map<String, AccruedCost> costs(List<ListedCluster> clusters) {
        Map<String, List<ListedInstance>> machines = new LinkedHashMap<>();
        try (ParallelTasks work = new ParallelTasks(false)) {
            Map<String, Task<List<ListedInstance>>> asked = new LinkedHashMap<>();
            clusters.stream()
                    .limit(MOST_RECKONED)
                    .forEach(each -> asked.put(each.id(), work.start(() -> new Instances(aws).list(each.id()))));
            asked.forEach((id, piece) -> {
                List<ListedInstance> listed = listedOrNone(piece);
                if (!listed.isEmpty()) {
                    machines.put(id, listed);
                }
            });
        }
        CostCalculator costs = new CostCalculator(aws, say);
        List<ListedInstance> all =
                machines.values().stream().flatMap(List::stream).toList();
        // One price for all of them: a listing does not tell the clusters' zones.
        InstancePrices prices = costs.prices(
                CostCalculator.spotTypes(all), null, aws.patience().clock().instant());
        Map<String, AccruedCost> reckoned = new LinkedHashMap<>();
        for (ListedCluster cluster : clusters) {
            List<ListedInstance> listed = machines.get(cluster.id());
            if (listed != null) {
                reckoned.put(cluster.id(), costs.ofMachines(listed, cluster.ended(), prices));
            }
        }
        return reckoned;
    }

    /** A server without the call is no news to anybody. */
    private List<ListedInstance> listedOrNone(Task<List<ListedInstance>> piece) {
        try {
            return piece.get();
        } catch (AwsException fault) {
            if (!fault.is(AwsException.Kind.UNKNOWN_CALL)) {
                say.accept("warning: " + fault.sentence());
            }
            return List.of();
        }
    }

    /** Looks at a cluster that is named by its id or, when that is null, by its name. */
    public ClusterDescription describe(@Nullable String id, @Nullable String name) throws IOException {
        String wanted = id == null ? idOf(String.valueOf(name)) : id;
        Clusters clusters = new Clusters(aws);
        try (ParallelTasks work = new ParallelTasks(false)) {
            Task<EmrCluster> cluster = work.start(() -> cluster(wanted));
            Task<List<FleetState>> fleets = work.start(() -> clusters.fleets(wanted));
            Task<List<ListedStep>> steps = work.start(() -> clusters.steps(wanted));
            Task<List<ListedInstance>> machines = work.start(() -> new Instances(aws).list(wanted));
            EmrCluster found = cluster.get();
            List<FleetState> fleetsFound = orNone(fleets);
            return new ClusterDescription(
                    found,
                    fleetsFound,
                    orNone(steps),
                    cost(found, machines, fleetsFound),
                    new ConsoleLinks(aws.clients().partition(), aws.clients().region(), found));
        }
    }

    private @Nullable AccruedCost cost(
            EmrCluster cluster, Task<List<ListedInstance>> machines, List<FleetState> fleets) {
        CostCalculator costs = new CostCalculator(aws, say);
        List<ListedInstance> listed = listedOrNone(machines);
        if (!listed.isEmpty()) {
            return costs.ofMachines(cluster, listed);
        }
        return fleets.isEmpty() ? null : costs.ofFleets(cluster, fleets);
    }

    /** One thing that cannot be read hides none of the others. */
    private <T> List<T> orNone(Task<List<T>> looked) {
        try {
            return looked.get();
        } catch (AwsException fault) {
            say.accept("warning: " + fault.sentence());
            return List.of();
        }
    }

    /** The newest cluster of a name that this workspace made. */
    private String idOf(String name) throws IOException {
        OwnerTags ownership = ownership(name);
        AwsScope site = new AwsScope(aws.clients().partition(), aws.clients().region(), "", ownership.workspace());
        String prefix = new ResourceNames(site, name).clusterPrefix();
        return new Clusters(aws)
                .list(null, List.of()).stream()
                        .filter(cluster -> cluster.name().startsWith(prefix))
                        .map(ListedCluster::id)
                        .findFirst()
                        .orElseThrow(() -> new RefusedException("This workspace has no cluster named '" + name + "' in "
                                + aws.clients().region() + ". -a list_clusters -t emr shows what there is."));
    }

    /** Those of this workspace that are up, the newest first. */
    public List<ListedCluster> up() throws IOException {
        String workspace = identity.find().orElse("");
        return new Clusters(aws)
                .list(null, UP).stream()
                        .filter(cluster -> cluster.maker()
                                .filter(maker -> maker.workspace().equals(workspace))
                                .isPresent())
                        .toList();
    }

    /** The newest cluster of a name that this workspace made, which may have ended. */
    public EmrCluster named(String name) throws IOException {
        return cluster(idOf(name));
    }

    /** A cluster that must be there. */
    public EmrCluster cluster(String id) {
        return new Clusters(aws)
                .find(id)
                .orElseThrow(() -> new RefusedException("EMR knows no cluster " + id + " in "
                        + aws.clients().region() + ". Is it in another region? Name that with --region."));
    }

    /** Whose a cluster is that is named by its name alone: this workspace's. */
    public OwnerTags ownership(String name) throws IOException {
        String workspace = identity.find()
                .orElseThrow(
                        () -> new RefusedException("Nothing was made on AWS from this workspace, or its id is lost. A"
                                + " cluster that is up is named by -idc j-XXX; -a list_clusters -t emr shows them."));
        return new OwnerTags(workspace, name);
    }
}
