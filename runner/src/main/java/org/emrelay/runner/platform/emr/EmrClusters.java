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
import org.emrelay.runner.model.InstanceTypeConfig;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.ec2.SpotPrices;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.Task;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.blueprint.BootstrapScripts;
import org.emrelay.runner.platform.emr.blueprint.ClusterResources;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.StartupWaiter;
import org.emrelay.runner.platform.emr.orphan.Orphan;
import org.emrelay.runner.platform.emr.orphan.OrphanRemoval;
import org.emrelay.runner.platform.emr.orphan.Orphans;
import org.emrelay.runner.platform.emr.preflight.Findings;
import org.emrelay.runner.platform.emr.preflight.Preflight;
import org.emrelay.runner.platform.emr.provision.ClusterProvisioner;
import org.emrelay.runner.platform.emr.provision.CreationException;
import org.emrelay.runner.platform.emr.provision.ExistingClusterLookup;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.platform.emr.provision.InitialSteps;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;
import org.emrelay.runner.platform.emr.provision.ResourceDiscovery;
import org.emrelay.runner.platform.emr.query.ClusterQueries;
import org.jspecify.annotations.Nullable;

/** The clusters on EMR that belong to one workspace directory: made, waited for and taken down. */
public final class EmrClusters implements AutoCloseable {
    private final AwsContext aws;
    private final WorkspaceIdentity identity;
    private final RandomGenerator random;
    private final Consumer<String> say;
    private final ClusterQueries looks;

    /**
     * Clusters of a workspace; nothing is asked yet.
     *
     * @param workspace the directory that keeps the workspace's id and the ledgers
     */
    public EmrClusters(AwsContext aws, Path workspace, RandomGenerator random, Consumer<String> say) {
        this.aws = aws;
        this.identity = new WorkspaceIdentity(workspace);
        this.random = random;
        this.say = say;
        this.looks = new ClusterQueries(aws, identity, say);
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
            InitialSteps steps,
            boolean keep,
            Consumer<String> announce)
            throws IOException {
        aws.clients().prepare();
        String workspace = identity.findOrMake(random);
        String region = aws.clients().region();
        try (ResourceJournal ledger = ledger(identity.ledger(region, name), name)) {
            AwsScope early = new AwsScope(aws.clients().partition(), region, "", workspace);
            ClusterResources blueprint;
            Findings findings;
            try (ParallelTasks work = new ParallelTasks(true)) {
                Task<String> account = work.start(this::account);
                Task<Findings> looked =
                        work.start(() -> new Preflight(aws, cluster).look(new ResourceNames(early, name)));
                Task<Optional<String>> taken = work.start(
                        () -> new ExistingClusterLookup(aws, new ResourceNames(early, name), ledger, say).find());
                work.finish();
                taken.get().ifPresent(id -> {
                    throw new RefusedException(
                            "A cluster named '" + name + "' is up already: " + id + ". Use it with -idc " + id
                                    + ", end it with -a terminate_cluster -idc " + id + ", or take another name.");
                });
                findings = looked.get();
                AwsScope site = new AwsScope(early.partition(), region, account.get(), workspace);
                blueprint = new ClusterResources(cluster, name, site);
            }
            findings.warnings().forEach(warning -> say.accept("warning: " + warning));
            if (!findings.errors().isEmpty()) {
                throw new CreationException(String.join("\n", findings.errors()) + "\nNothing was created.", null);
            }
            String creation = String.format("%08x", random.nextInt());
            ledger.begin(creation);
            ClusterProvisioner work =
                    new ClusterProvisioner(aws, blueprint, scripts, findings.usableNetwork(), steps, ledger, say);
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
    public record Check(Findings findings, Map<String, PriceRange> spotPrices) {
        public Check {
            spotPrices = Map.copyOf(spotPrices);
        }
    }

    /** Looks at AWS for a plan. */
    public Check check(Cluster cluster, String name) throws IOException {
        String workspace = identity.find().orElse("");
        ResourceNames names = new ResourceNames(
                new AwsScope(aws.clients().partition(), aws.clients().region(), "", workspace), name);
        try (ParallelTasks work = new ParallelTasks(false)) {
            Task<String> account = work.start(this::account);
            Task<Findings> looked = work.start(() -> new Preflight(aws, cluster).look(names));
            Task<Map<String, PriceRange>> spot = work.start(() -> new SpotPrices(aws)
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
                .map(InstanceTypeConfig::type)
                .toList();
    }

    private Map<String, PriceRange> spotPrices(Task<Map<String, PriceRange>> looked) {
        try {
            return looked.get();
        } catch (AwsException fault) {
            say.accept("warning: Not checked: the spot prices. " + fault.sentence());
            return Map.of();
        }
    }

    /** Waits until a cluster takes steps; one that never will is taken back, unless it is to be kept. */
    public void awaitStart(String id, String name, boolean keep) throws IOException {
        Optional<StartupWaiter.Failure> failure = startOrLeave(id, name);
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
            ResourceDeletion.Outcome outcome = termination.carryOut(false);
            String rest = outcome.isWhole()
                    ? "What was made is taken back; its logs stay in the bucket until " + goOn + " --delete-bucket."
                    : String.join(" ", outcome.failures()) + " Remove the rest with " + goOn + ".";
            throw new CreationException(said + "\n" + rest, new IllegalStateException(id));
        }
    }

    /** Who can no longer look, or no longer waits, has a cluster all the same. */
    private Optional<StartupWaiter.Failure> startOrLeave(String id, String name) {
        try {
            return new StartupWaiter(aws, say).await(id);
        } catch (AwsException fault) {
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

    private ResourceJournal ledger(Path file, String name) throws IOException {
        return ResourceJournal.open(file, aws.patience().clock())
                .orElseThrow(() -> new RefusedException("Another command is at work on the cluster '" + name
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
        OwnerTags ownership = id == null ? looks.ownership(String.valueOf(name)) : ownershipOf(id, name);
        String region = aws.clients().region();
        ResourceJournal ledger =
                ledger(identity.ledger(region, ownership.workspace(), ownership.cluster()), ownership.cluster());
        try (ParallelTasks work = new ParallelTasks(true)) {
            Task<String> account = work.start(this::account);
            ResourceNames early = names(ownership, "");
            ExistingResources remains = new ResourceDiscovery(
                            aws, early, () -> names(ownership, account.get()).bucket(), ownership, ledger, say)
                    .find();
            return new Termination(aws, names(ownership, account.get()), ledger, remains, say);
        } catch (RuntimeException failure) {
            ledger.close();
            throw failure;
        }
    }

    private ResourceNames names(OwnerTags ownership, String account) {
        AwsScope site = new AwsScope(aws.clients().partition(), aws.clients().region(), account, ownership.workspace());
        return new ResourceNames(site, ownership.cluster());
    }

    /** A cluster's own tags say whose it is, so that one whose workspace is lost can be taken down by its id. */
    private OwnerTags ownershipOf(String id, @Nullable String name) {
        EmrCluster cluster = looks.cluster(id);
        String workspace = cluster.tags().get(OwnerTags.WORKSPACE);
        String owner = cluster.tags().get(OwnerTags.CLUSTER);
        if (workspace == null || owner == null) {
            throw new RefusedException("The cluster " + id
                    + " was not made by this program: its tags do not say so. It is left as" + " it is.");
        } else if (name != null && !name.equals(owner)) {
            throw new RefusedException(
                    "The cluster " + id + " is named '" + owner + "', not '" + name + "': leave -idc or -c out.");
        }
        return new OwnerTags(workspace, owner);
    }

    /** What is left of clusters that are gone. */
    public List<Orphan> orphans() throws IOException {
        return new Orphans(aws, identity, say).find();
    }

    /** Removes of those what is certain to belong to no cluster. */
    public ResourceDeletion.Outcome removeOrphans(List<Orphan> orphans, boolean withBucket) throws IOException {
        return new OrphanRemoval(aws, identity, say).remove(orphans, withBucket);
    }

    /** The side that only looks. */
    public ClusterQueries looks() {
        return looks;
    }

    @Override
    public void close() {
        aws.clients().close();
    }
}
