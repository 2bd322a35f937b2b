package org.emrelay.runner.platform.emr.look;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.access.AwsFault;
import org.emrelay.runner.platform.emr.access.EmrRefusal;
import org.emrelay.runner.platform.emr.blueprint.Names;
import org.emrelay.runner.platform.emr.blueprint.Ownership;
import org.emrelay.runner.platform.emr.blueprint.Site;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.FleetState;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.cluster.ListedMachine;
import org.emrelay.runner.platform.emr.cluster.ListedStep;
import org.emrelay.runner.platform.emr.cluster.Machines;
import org.emrelay.runner.platform.emr.ledger.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.price.Cost;
import org.emrelay.runner.platform.emr.price.UnitPrices;
import org.emrelay.runner.platform.emr.work.Piece;
import org.emrelay.runner.platform.emr.work.SideBySide;
import org.jspecify.annotations.Nullable;

/** Lists clusters, describes one, and finds one by its name; nothing is changed by looking. */
public final class ClusterLooks {
    private static final List<String> LIVE = List.of("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING");

    private static final List<String> UP = List.of("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING");

    /** EMR takes 25 calls at once and five a second after that, from everybody in the account together. */
    public static final int MOST_RECKONED = 10;

    private final Aws aws;
    private final WorkspaceIdentity identity;
    private final Consumer<String> say;

    public ClusterLooks(Aws aws, WorkspaceIdentity identity, Consumer<String> say) {
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
        try (SideBySide work = new SideBySide(true)) {
            Piece<List<ListedCluster>> recent = work.start(() -> clusters.list(since, List.of()));
            Piece<List<ListedCluster>> live = work.start(() -> clusters.list(null, LIVE));
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
    public Map<String, Cost> costs(List<ListedCluster> clusters) {
        Map<String, List<ListedMachine>> machines = new LinkedHashMap<>();
        try (SideBySide work = new SideBySide(false)) {
            Map<String, Piece<List<ListedMachine>>> asked = new LinkedHashMap<>();
            clusters.stream()
                    .limit(MOST_RECKONED)
                    .forEach(each -> asked.put(each.id(), work.start(() -> new Machines(aws).list(each.id()))));
            asked.forEach((id, piece) -> {
                List<ListedMachine> listed = listedOrNone(piece);
                if (!listed.isEmpty()) {
                    machines.put(id, listed);
                }
            });
        }
        Costs costs = new Costs(aws, say);
        List<ListedMachine> all =
                machines.values().stream().flatMap(List::stream).toList();
        // One price for all of them: a listing does not tell the clusters' zones.
        UnitPrices prices =
                costs.prices(Costs.spotTypes(all), null, aws.patience().clock().instant());
        Map<String, Cost> reckoned = new LinkedHashMap<>();
        for (ListedCluster cluster : clusters) {
            List<ListedMachine> listed = machines.get(cluster.id());
            if (listed != null) {
                reckoned.put(cluster.id(), costs.ofMachines(listed, cluster.ended(), prices));
            }
        }
        return reckoned;
    }

    /** A server without the call is no news to anybody. */
    private List<ListedMachine> listedOrNone(Piece<List<ListedMachine>> piece) {
        try {
            return piece.get();
        } catch (AwsFault fault) {
            if (!fault.is(AwsFault.Kind.UNKNOWN_CALL)) {
                say.accept("warning: " + fault.sentence());
            }
            return List.of();
        }
    }

    /** Looks at a cluster that is named by its id or, when that is null, by its name. */
    public Described describe(@Nullable String id, @Nullable String name) throws IOException {
        String wanted = id == null ? idOf(String.valueOf(name)) : id;
        Clusters clusters = new Clusters(aws);
        try (SideBySide work = new SideBySide(false)) {
            Piece<EmrCluster> cluster = work.start(() -> cluster(wanted));
            Piece<List<FleetState>> fleets = work.start(() -> clusters.fleets(wanted));
            Piece<List<ListedStep>> steps = work.start(() -> clusters.steps(wanted));
            Piece<List<ListedMachine>> machines = work.start(() -> new Machines(aws).list(wanted));
            EmrCluster found = cluster.get();
            List<FleetState> fleetsFound = orNone(fleets);
            return new Described(
                    found,
                    fleetsFound,
                    orNone(steps),
                    cost(found, machines, fleetsFound),
                    new Links(aws.clients().partition(), aws.clients().region(), found));
        }
    }

    private @Nullable Cost cost(EmrCluster cluster, Piece<List<ListedMachine>> machines, List<FleetState> fleets) {
        Costs costs = new Costs(aws, say);
        List<ListedMachine> listed = listedOrNone(machines);
        if (!listed.isEmpty()) {
            return costs.ofMachines(cluster, listed);
        }
        return fleets.isEmpty() ? null : costs.ofFleets(cluster, fleets);
    }

    /** One thing that cannot be read hides none of the others. */
    private <T> List<T> orNone(Piece<List<T>> looked) {
        try {
            return looked.get();
        } catch (AwsFault fault) {
            say.accept("warning: " + fault.sentence());
            return List.of();
        }
    }

    /** The newest cluster of a name that this workspace made. */
    private String idOf(String name) throws IOException {
        Ownership ownership = ownership(name);
        Site site = new Site(aws.clients().partition(), aws.clients().region(), "", ownership.workspace());
        String prefix = new Names(site, name).clusterPrefix();
        return new Clusters(aws)
                .list(null, List.of()).stream()
                        .filter(cluster -> cluster.name().startsWith(prefix))
                        .map(ListedCluster::id)
                        .findFirst()
                        .orElseThrow(() -> new EmrRefusal("This workspace has no cluster named '" + name + "' in "
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
                .orElseThrow(() -> new EmrRefusal("EMR knows no cluster " + id + " in "
                        + aws.clients().region() + ". Is it in another region? Name that with --region."));
    }

    /** Whose a cluster is that is named by its name alone: this workspace's. */
    public Ownership ownership(String name) throws IOException {
        String workspace = identity.find()
                .orElseThrow(() -> new EmrRefusal("Nothing was made on AWS from this workspace, or its id is lost. A"
                        + " cluster that is up is named by -idc j-XXX; -a list_clusters -t emr shows them."));
        return new Ownership(workspace, name);
    }
}
