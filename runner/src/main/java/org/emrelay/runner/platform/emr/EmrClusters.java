package org.emrelay.runner.platform.emr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.CallerIdentity;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.ec2.SpotPrices;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.platform.aws.price.PriceSource;
import org.emrelay.runner.platform.aws.resource.CreationException;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.aws.s3.BucketSize;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.orphan.BucketSelection;
import org.emrelay.runner.platform.emr.orphan.Orphan;
import org.emrelay.runner.platform.emr.orphan.OrphanRemoval;
import org.emrelay.runner.platform.emr.orphan.Orphans;
import org.emrelay.runner.platform.emr.orphan.OwnedResource;
import org.emrelay.runner.platform.emr.preflight.Findings;
import org.emrelay.runner.platform.emr.preflight.PackageDownloads;
import org.emrelay.runner.platform.emr.preflight.Preflight;
import org.emrelay.runner.platform.emr.provision.ClusterProvisioner;
import org.emrelay.runner.platform.emr.provision.ExistingClusterLookup;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.platform.emr.provision.InitialSteps;
import org.emrelay.runner.platform.emr.provision.LaunchedCluster;
import org.emrelay.runner.platform.emr.provision.ResourceDiscovery;
import org.emrelay.runner.platform.emr.query.ClusterQueries;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;
import org.emrelay.runner.platform.emr.spec.ClusterResources;
import org.jspecify.annotations.Nullable;

/** Creates, awaits and terminates the EMR clusters of one workspace directory. */
public final class EmrClusters implements AutoCloseable {
    private final AwsContext aws;
    private final WorkspaceIdentity identity;
    private final RandomGenerator random;
    private final Notices notices;
    private final RunnerCommand command;
    private final ClusterQueries queries;

    /**
     * Makes no AWS call yet.
     *
     * @param workspace the directory that stores the workspace id and the resource journals
     * @param prices the prices of the region
     */
    public EmrClusters(
            AwsContext aws,
            Path workspace,
            PriceSource prices,
            RandomGenerator random,
            Notices notices,
            RunnerCommand command) {
        this.aws = aws;
        this.identity = new WorkspaceIdentity(workspace);
        this.random = random;
        this.notices = notices;
        this.command = command;
        this.queries = new ClusterQueries(aws, identity, prices, notices, command);
    }

    /**
     * Creates a cluster and returns it without waiting for it to start. A failure rolls back what was created.
     *
     * @param steps the steps to submit with RunJobFlow
     * @param downloads the packages of the steps that are known already
     * @param keep whether to skip the rollback, so that the resources can be inspected
     * @param onCreated receives the id as soon as EMR returns it
     */
    public LaunchedCluster create(
            Cluster cluster,
            String name,
            BootstrapScripts scripts,
            InitialSteps steps,
            PackageDownloads downloads,
            boolean keep,
            Consumer<String> onCreated)
            throws IOException {
        aws.clients().prewarm();
        OwnerTags owner = new OwnerTags(identity.findOrCreateId(random), name);
        ResourceNames partialNames = aws.names(owner, "");
        try (ResourceJournal journal =
                openJournal(identity.journalPath(aws.clients().region(), name), name)) {
            ClusterResources resources;
            Findings findings;
            try (ParallelTasks tasks = new ParallelTasks(true)) {
                Task<String> account = tasks.start(aws::accountId);
                Task<Findings> preflight =
                        tasks.start(() -> new Preflight(aws, cluster, downloads).run(partialNames, account::get));
                Task<Optional<String>> existingId =
                        tasks.start(() -> new ExistingClusterLookup(aws, partialNames, journal, notices).find());
                tasks.join();
                existingId.get().ifPresent(id -> {
                    throw new RefusedException(
                            "A cluster named '" + name + "' already exists: " + id + ". Use it with -idc " + id
                                    + ", choose another name, or terminate it: "
                                    + command.action("terminate_cluster", "-idc", id));
                });
                findings = preflight.get();
                resources = new ClusterResources(
                        cluster, name, aws.names(owner, account.get()).scope(), findings.defaultKeys());
            }
            findings.warnings().forEach(warning -> notices.warn(warning));
            if (!findings.errors().isEmpty()) {
                throw new CreationException(String.join("\n", findings.errors()) + "\nNothing was created.", null);
            }
            String creationId = newCreationId();
            journal.recordCreation(creationId);
            ClusterProvisioner provisioner =
                    new ClusterProvisioner(aws, resources, scripts, findings.requireNetwork(), steps, journal, notices);
            LaunchedCluster launched;
            try {
                launched = provisioner.create(creationId);
            } catch (RuntimeException failure) {
                throw new CreationRollback(aws, resources, journal, notices, terminateCommand(name))
                        .rollBack(failure, keep, findings.bucketExists());
            }
            onCreated.accept(launched.id());
            return launched;
        }
    }

    /** Result of the read-only checks for a plan: preflight findings and current spot prices. */
    public record Check(Findings findings, Map<String, PriceRange> spotPrices) {
        public Check {
            spotPrices = Map.copyOf(spotPrices);
        }
    }

    /**
     * Runs the preflight checks and gets spot prices. Read-only.
     *
     * @param downloads the packages of the steps
     */
    public Check check(Cluster cluster, String name, PackageDownloads downloads) throws IOException {
        String workspaceId = identity.findId().orElse("");
        ResourceNames names = aws.names(new OwnerTags(workspaceId, name), "");
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            Task<CallerIdentity> caller = tasks.start(aws::callerIdentity);
            Task<Findings> preflight = tasks.start(() -> new Preflight(aws, cluster, downloads)
                    .withPermissionsOf(caller::get)
                    .run(names, () -> caller.get().account()));
            Task<Map<String, PriceRange>> spot =
                    tasks.start(() -> new SpotPrices(aws).describe(spotTypes(cluster), null, aws.now()));
            Findings findings = preflight.get();
            caller.get();
            tasks.awaitAll();
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

    private Map<String, PriceRange> spotPrices(Task<Map<String, PriceRange>> spot) {
        try {
            return spot.get();
        } catch (AwsException fault) {
            notices.warn("Not checked: the spot prices. " + fault.message());
            return Map.of();
        }
    }

    /**
     * Waits until a cluster accepts steps. If it fails to start, deletes its resources, unless {@code keep} is set.
     *
     * @param onCreated receives the id if the cluster is requested once more
     */
    public void awaitStart(LaunchedCluster cluster, String name, boolean keep, Consumer<String> onCreated)
            throws IOException {
        new ClusterStart(this, aws, notices, command, name, keep, onCreated).await(cluster);
    }

    /**
     * Waits until EMR has accepted the service role of a new cluster.
     *
     * @param onCreated receives the id if the cluster is requested once more
     * @return the id of the cluster that stays
     */
    public String awaitServiceRole(LaunchedCluster cluster, String name, Consumer<String> onCreated)
            throws IOException {
        return new ClusterStart(this, aws, notices, command, name, false, onCreated).awaitRole(cluster);
    }

    /** Explains how to check or delete a cluster that is still starting when the user stops waiting. */
    public static String stillStarting(String id, String name, RunnerCommand command) {
        return "Cluster " + id + " is still starting and incurs costs.\nCheck it: "
                + command.action("describe_cluster", "-idc", id) + "\nDelete it: "
                + command.action("terminate_cluster", "-c", name);
    }

    private String terminateCommand(String name) {
        return command.action("terminate_cluster", "-c", name);
    }

    /** Empty while another command works on the cluster. */
    Optional<ResourceJournal> journalIfFree(String name) throws IOException {
        return journalIfFree(identity.journalPath(aws.clients().region(), name));
    }

    private Optional<ResourceJournal> journalIfFree(Path file) throws IOException {
        return ResourceJournal.open(file, aws.retry().clock());
    }

    String newCreationId() {
        return String.format("%08x", random.nextInt());
    }

    private ResourceJournal openJournal(Path file, String name) throws IOException {
        return journalIfFree(file)
                .orElseThrow(() -> new RefusedException("Another command is working on cluster '" + name
                        + "' in this workspace. Wait until it ends, or choose another name."));
    }

    /**
     * Finds the resources of a cluster given by id, by name, or by both.
     *
     * @param id null if only the name is given
     * @param name null if only the id is given
     */
    public Termination prepareTermination(@Nullable String id, @Nullable String name) throws IOException {
        aws.clients().prewarm();
        OwnerTags ownerTags = id == null ? queries.ownerTags(String.valueOf(name)) : ownerTags(id, name);
        String region = aws.clients().region();
        ResourceJournal journal = openJournal(
                identity.journalPath(region, ownerTags.workspaceId(), ownerTags.cluster()), ownerTags.cluster());
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            Task<String> account = tasks.start(aws::accountId);
            ExistingResources existing = new ResourceDiscovery(
                            aws,
                            aws.names(ownerTags, ""),
                            () -> aws.names(ownerTags, account.get()).bucket(),
                            journal,
                            notices)
                    .find();
            return new Termination(aws, aws.names(ownerTags, account.get()), journal, existing, notices);
        } catch (RuntimeException | Error failure) {
            journal.close();
            throw failure;
        }
    }

    /** Reads the owner from the cluster's tags, so a cluster whose workspace is lost can be terminated by id. */
    private OwnerTags ownerTags(String id, @Nullable String name) {
        EmrCluster cluster = queries.getById(id);
        OwnerTags owner = OwnerTags.in(cluster.tags())
                .orElseThrow(() -> new RefusedException("Cluster " + id
                        + " was not created by this program: it lacks the owner tags. It is left unchanged."));
        if (name != null && !name.equals(owner.cluster())) {
            throw new RefusedException(
                    "Cluster " + id + " is named '" + owner.cluster() + "', not '" + name + "'. Omit -idc or -c.");
        }
        return owner;
    }

    /** Lists resources left by clusters that no longer exist. */
    public List<Orphan> orphans() throws IOException {
        return new Orphans(aws, identity, notices).find();
    }

    /** Deletes the orphaned resources that certainly belong to no cluster. */
    /** The sizes of the orphans' buckets by name; none for those that cannot be listed. */
    public Map<String, BucketSize> bucketSizes(List<Orphan> orphans) throws IOException {
        List<String> buckets = orphans.stream()
                .flatMap(orphan -> orphan.resources().stream())
                .filter(OwnedResource::isBucket)
                .map(OwnedResource::name)
                .toList();
        Map<String, BucketSize> sizes = new ConcurrentHashMap<>();
        BoundedParallel.run(buckets.stream()
                .<BoundedParallel.IoRunnable>map(
                        name -> () -> new Buckets(aws).size(name).ifPresent(size -> sizes.put(name, size)))
                .toList());
        return sizes;
    }

    public DeletionOutcome removeOrphans(List<Orphan> orphans, BucketSelection buckets) throws IOException {
        return new OrphanRemoval(aws, identity, notices).remove(orphans, buckets);
    }

    public ClusterQueries queries() {
        return queries;
    }

    @Override
    public void close() {
        aws.clients().close();
    }
}
