package org.emrelay.runner.platform.emr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.FleetInstance;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.access.AwsFault;
import org.emrelay.runner.platform.emr.access.EmrRefusal;
import org.emrelay.runner.platform.emr.blueprint.Blueprint;
import org.emrelay.runner.platform.emr.blueprint.BootstrapScripts;
import org.emrelay.runner.platform.emr.blueprint.Names;
import org.emrelay.runner.platform.emr.blueprint.Ownership;
import org.emrelay.runner.platform.emr.blueprint.Site;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.Startup;
import org.emrelay.runner.platform.emr.ledger.Ledger;
import org.emrelay.runner.platform.emr.ledger.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.look.ClusterLooks;
import org.emrelay.runner.platform.emr.look.SpotPrices;
import org.emrelay.runner.platform.emr.orphan.Orphan;
import org.emrelay.runner.platform.emr.orphan.OrphanRemoval;
import org.emrelay.runner.platform.emr.orphan.Orphans;
import org.emrelay.runner.platform.emr.preflight.Findings;
import org.emrelay.runner.platform.emr.preflight.Preflight;
import org.emrelay.runner.platform.emr.price.Dollars;
import org.emrelay.runner.platform.emr.provision.Creation;
import org.emrelay.runner.platform.emr.provision.CreationException;
import org.emrelay.runner.platform.emr.provision.FirstSteps;
import org.emrelay.runner.platform.emr.provision.Predecessor;
import org.emrelay.runner.platform.emr.provision.Remains;
import org.emrelay.runner.platform.emr.provision.Removal;
import org.emrelay.runner.platform.emr.provision.Search;
import org.emrelay.runner.platform.emr.work.Piece;
import org.emrelay.runner.platform.emr.work.SideBySide;
import org.jspecify.annotations.Nullable;

/** The clusters on EMR that belong to one workspace directory: made, waited for and taken down. */
public final class EmrClusters implements AutoCloseable {
    private final Aws aws;
    private final WorkspaceIdentity identity;
    private final RandomGenerator random;
    private final Consumer<String> say;
    private final ClusterLooks looks;

    /**
     * Clusters of a workspace; nothing is asked yet.
     *
     * @param workspace the directory that keeps the workspace's id and the ledgers
     */
    public EmrClusters(Aws aws, Path workspace, RandomGenerator random, Consumer<String> say) {
        this.aws = aws;
        this.identity = new WorkspaceIdentity(workspace);
        this.random = random;
        this.say = say;
        this.looks = new ClusterLooks(aws, identity, say);
    }

    /**
     * Makes a cluster and tells its id as soon as there is one; what was made before a failure is taken back.
     *
     * @param steps that it is asked for together with
     * @param keep whether it stays instead, so that somebody can look at it
     * @param announce is told the id at once
     */
    public String create(
            Cluster cluster,
            String name,
            BootstrapScripts scripts,
            FirstSteps steps,
            boolean keep,
            Consumer<String> announce)
            throws IOException {
        aws.clients().prepare();
        String workspace = identity.findOrMake(random);
        String region = aws.clients().region();
        try (Ledger ledger = ledger(identity.ledger(region, name), name)) {
            Site early = new Site(aws.clients().partition(), region, "", workspace);
            Blueprint blueprint;
            Findings findings;
            try (SideBySide work = new SideBySide(true)) {
                Piece<String> account = work.start(this::account);
                Piece<Findings> looked = work.start(() -> new Preflight(aws, cluster).look(new Names(early, name)));
                Piece<Optional<String>> taken =
                        work.start(() -> new Predecessor(aws, new Names(early, name), ledger, say).find());
                work.finish();
                taken.get().ifPresent(id -> {
                    throw new EmrRefusal("A cluster named '" + name + "' is up already: " + id + ". Use it with -idc "
                            + id + ", end it with -a terminate_cluster -idc " + id + ", or take another name.");
                });
                findings = looked.get();
                Site site = new Site(early.partition(), region, account.get(), workspace);
                blueprint = new Blueprint(cluster, name, site);
            }
            findings.warnings().forEach(warning -> say.accept("warning: " + warning));
            if (!findings.errors().isEmpty()) {
                throw new CreationException(String.join("\n", findings.errors()) + "\nNothing was created.", null);
            }
            String creation = String.format("%08x", random.nextInt());
            ledger.begin(creation);
            Creation work = new Creation(aws, blueprint, scripts, findings.usableNetwork(), steps, ledger, say);
            String id;
            try {
                id = work.create(creation);
            } catch (RuntimeException failure) {
                throw new FailedCreation(aws, blueprint, ledger, say).takenBack(failure, keep, findings.bucketThere());
            }
            announce.accept(id);
            return id;
        }
    }

    /** What would stand in the way of a creation, and what spot machines cost now; nothing is changed by looking. */
    public record Check(Findings findings, Map<String, Dollars> spotPrices) {
        public Check {
            spotPrices = Map.copyOf(spotPrices);
        }
    }

    /** Looks at AWS for a plan. */
    public Check check(Cluster cluster, String name) throws IOException {
        String workspace = identity.find().orElse("");
        Names names =
                new Names(new Site(aws.clients().partition(), aws.clients().region(), "", workspace), name);
        try (SideBySide work = new SideBySide(false)) {
            Piece<String> account = work.start(this::account);
            Piece<Findings> looked = work.start(() -> new Preflight(aws, cluster).look(names));
            Piece<Map<String, Dollars>> spot = work.start(() -> new SpotPrices(aws)
                    .look(spotTypes(cluster), null, aws.patience().clock().instant()));
            Findings findings = looked.get();
            account.get();
            work.settle();
            return new Check(findings, spotPrices(spot));
        }
    }

    private static List<String> spotTypes(Cluster cluster) {
        return cluster.fleets().stream()
                .filter(fleet -> fleet.spotCapacity() > 0)
                .flatMap(fleet -> fleet.types().stream())
                .map(FleetInstance::type)
                .toList();
    }

    private Map<String, Dollars> spotPrices(Piece<Map<String, Dollars>> looked) {
        try {
            return looked.get();
        } catch (AwsFault fault) {
            say.accept("warning: Not checked: the spot prices. " + fault.sentence());
            return Map.of();
        }
    }

    /** Waits until a cluster takes steps; one that never will is taken back, unless it is to be kept. */
    public void awaitStart(String id, String name, boolean keep) throws IOException {
        Optional<Startup.Failure> failure = startOrLeave(id, name);
        if (failure.isEmpty()) {
            return;
        }
        String said = failure.get().sentence();
        String goOn = "-a terminate_cluster -c " + name;
        if (keep) {
            throw new CreationException(
                    said + "\nWhat was made stays (--keep). Remove it with " + goOn + ".",
                    new IllegalStateException(id));
        }
        Termination termination = find(null, name);
        try (termination) {
            Removal.Outcome outcome = termination.carryOut(false);
            String rest = outcome.isWhole()
                    ? "What was made is taken back; its logs stay in the bucket until " + goOn + " --delete-bucket."
                    : String.join(" ", outcome.failures()) + " Remove the rest with " + goOn + ".";
            throw new CreationException(said + "\n" + rest, new IllegalStateException(id));
        }
    }

    /** Who can no longer look, or no longer waits, has a cluster all the same. */
    private Optional<Startup.Failure> startOrLeave(String id, String name) {
        try {
            return new Startup(aws, say).await(id);
        } catch (AwsFault fault) {
            String why = Thread.currentThread().isInterrupted() ? "Interrupted. " : fault.sentence() + "\n";
            throw new CreationException(why + goesOn(id, name), fault);
        } catch (CancellationException interrupted) {
            throw new CreationException("Interrupted. " + goesOn(id, name), interrupted);
        }
    }

    /** What somebody has to know who turns away from a cluster that starts. */
    public static String goesOn(String id, String name) {
        return "The cluster " + id
                + " goes on starting, and costs money. See how it does with -a describe_cluster -idc " + id
                + "; remove it with -a terminate_cluster -c " + name + ".";
    }

    private String account() {
        return aws.patience()
                .ask("ask who this is", () -> aws.clients().sts().getCallerIdentity())
                .account();
    }

    private Ledger ledger(Path file, String name) throws IOException {
        return Ledger.open(file, aws.patience().clock())
                .orElseThrow(() -> new EmrRefusal("Another command is at work on the cluster '" + name
                        + "' in this workspace: wait until it has ended, or take another name."));
    }

    /**
     * Finds what is there of a cluster that is named by its id, its name, or both.
     *
     * @param id null when it is named by its name alone
     * @param name null likewise
     */
    public Termination find(@Nullable String id, @Nullable String name) throws IOException {
        aws.clients().prepare();
        Ownership ownership = id == null ? looks.ownership(String.valueOf(name)) : ownershipOf(id, name);
        String region = aws.clients().region();
        Ledger ledger =
                ledger(identity.ledger(region, ownership.workspace(), ownership.cluster()), ownership.cluster());
        try (SideBySide work = new SideBySide(true)) {
            Piece<String> account = work.start(this::account);
            Names early = names(ownership, "");
            Remains remains = new Search(
                            aws, early, () -> names(ownership, account.get()).bucket(), ownership, ledger, say)
                    .find();
            return new Termination(aws, names(ownership, account.get()), ledger, remains, say);
        } catch (RuntimeException failure) {
            ledger.close();
            throw failure;
        }
    }

    private Names names(Ownership ownership, String account) {
        Site site = new Site(aws.clients().partition(), aws.clients().region(), account, ownership.workspace());
        return new Names(site, ownership.cluster());
    }

    /** A cluster's own tags say whose it is, so that one whose workspace is lost can be taken down by its id. */
    private Ownership ownershipOf(String id, @Nullable String name) {
        EmrCluster cluster = looks.cluster(id);
        String workspace = cluster.tags().get(Ownership.WORKSPACE);
        String owner = cluster.tags().get(Ownership.CLUSTER);
        if (workspace == null || owner == null) {
            throw new EmrRefusal("The cluster " + id
                    + " was not made by this program: its tags do not say so. It is left as" + " it is.");
        } else if (name != null && !name.equals(owner)) {
            throw new EmrRefusal(
                    "The cluster " + id + " is named '" + owner + "', not '" + name + "': leave -idc or -c out.");
        }
        return new Ownership(workspace, owner);
    }

    /** What is left of clusters that are gone. */
    public List<Orphan> orphans() throws IOException {
        return new Orphans(aws, identity, say).find();
    }

    /** Removes of those what is certain to belong to no cluster. */
    public Removal.Outcome removeOrphans(List<Orphan> orphans, boolean withBucket) throws IOException {
        return new OrphanRemoval(aws, identity, say).remove(orphans, withBucket);
    }

    /** The side that only looks. */
    public ClusterLooks looks() {
        return looks;
    }

    @Override
    public void close() {
        aws.clients().close();
    }
}
