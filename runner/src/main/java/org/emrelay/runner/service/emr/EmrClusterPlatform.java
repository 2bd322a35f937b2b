package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.parse.PlatformRules;
import org.emrelay.runner.plan.EmrStepLimits;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.EventLogs;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.orphan.BucketSelection;
import org.emrelay.runner.platform.emr.query.ClusterQueries;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;
import org.emrelay.runner.report.ClusterListReport;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.EmrClusterReport;
import org.emrelay.runner.report.Report;
import org.emrelay.runner.report.RunListReport;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.RunPreview;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.ClusterSelector;
import org.emrelay.runner.service.ClusterSession;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.ContentHashes;
import org.emrelay.runner.service.LocalRunDigests;
import org.emrelay.runner.service.PipelineRun;
import org.emrelay.runner.service.ResumeRequest;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.StreamPlatform;
import org.jspecify.annotations.Nullable;

/** Amazon EMR on EC2: clusters of instance fleets, with a bucket as the workspace. */
public final class EmrClusterPlatform implements ClusterPlatform {
    private static final Label LABEL = new Label("emr", "Amazon EMR", "", "an EMR cluster", "j-ABCDEFGHIJKL");
    private static final PlatformRules RULES = new PlatformRules(true, false, true);
    private static final Duration RECENT = Duration.ofDays(7);
    private static final Pattern ID = Pattern.compile("j-[A-Za-z0-9]{1,64}");

    @Override
    public Label label() {
        return LABEL;
    }

    @Override
    public PlatformRules rules() {
        return RULES;
    }

    @Override
    public StreamPlatform streams() {
        return new EmrStreams();
    }

    @Override
    public List<Problem> check(
            RunnerContext context, Pipeline pipeline, Supplier<ExecutionPlan> plan, String stepsFile) {
        return EmrStepLimits.check(plan.get(), stepsFile);
    }

    @Override
    public ExecutionPlan completed(ExecutionPlan plan, @Nullable Cluster cluster) {
        if (cluster == null) {
            return plan;
        }
        ExecutionPlan completed =
                EventLogs.withDefaults(plan, cluster.software().configurations());
        return cluster.software().release().pythonVersions().isEmpty()
                ? completed
                : PythonArchives.of(cluster).planned(completed);
    }

    /** The bootstrap scripts of a cluster; reads the local ones. */
    static BootstrapScripts bootstrapScripts(Cluster cluster) {
        return BootstrapScripts.of(cluster, new ContentHashes().of(BootstrapScripts.localFiles(cluster)));
    }

    /** Locks the workspace, if there is one: its resource journals must not be deleted meanwhile. */
    static WorkspaceIdentity identity(Application app) throws IOException {
        app.findWorkspace();
        return new WorkspaceIdentity(app.workspace());
    }

    static EmrClusters clusters(Application app) throws IOException {
        return clusters(app, app.aws());
    }

    static EmrClusters clusters(Application app, AwsContext aws) throws IOException {
        app.findWorkspace();
        return new EmrClusters(
                aws,
                app.workspace(),
                app.prices(),
                app.context().random(),
                app.progress(),
                app.context().command());
    }

    @Override
    public boolean isUsed(Application app) throws IOException {
        return identity(app).findId().isPresent();
    }

    /** Clusters of a workspace that has used AWS may be known to EMR alone. */
    @Override
    public Claim claim(Application app, ClusterSelector selector) throws IOException {
        if (selector.id() != null) {
            return ID.matcher(selector.id()).matches() ? Claim.YES : Claim.NO;
        } else if (!isUsed(app)) {
            return Claim.NO;
        }
        return selector.name() != null && identity(app).clusterNames().contains(selector.name())
                ? Claim.YES
                : Claim.POSSIBLY;
    }

    @Override
    public Optional<RunId> knownRun(Application app, @Nullable String id) throws IOException {
        return new LocalRunDigests(app)
                .runs().stream()
                        .filter(run -> id == null || run.value().equals(id))
                        .findFirst();
    }

    /** The name that selects a cluster: the given one or, without name and id, that of the workspace's only cluster. */
    static @Nullable String name(Application app, ClusterSelector selector) throws IOException {
        if (selector.id() != null || selector.name() != null) {
            return selector.name();
        }
        List<String> names = identity(app).clusterNames();
        if (names.size() != 1) {
            throw CommandFailure.refused(
                    names.isEmpty()
                            ? "This workspace has no EMR cluster. Select one with -idc j-XXX."
                            : "This workspace has several EMR clusters: " + String.join(", ", names)
                                    + ". Select one with -c.");
        }
        return names.get(0);
    }

    @Override
    public ExitCode create(Application app, Creation creation, CommandOutput output) throws IOException {
        return new EmrCreation(app, creation).execute(output);
    }

    @Override
    public ClusterSession open(Application app, ClusterSelector selector, Access access) throws IOException {
        AwsContext aws = app.aws();
        try {
            aws.clients().prewarm();
            EmrCluster cluster = access == Access.READ && selector.isNone()
                    ? ofRun(app, selector, aws)
                    : selected(app, selector, aws);
            if (access == Access.ADD_STEPS && !cluster.isUp()) {
                throw EmrSession.isNotUp(cluster, app.context().command());
            }
            return new EmrSession(app, aws, cluster);
        } catch (IOException | RuntimeException failure) {
            aws.clients().close();
            throw failure;
        }
    }

    /** The cluster of a run, live or ended; without runs, the only one that is up. */
    private static EmrCluster ofRun(Application app, ClusterSelector selector, AwsContext aws) throws IOException {
        Optional<EmrCluster> cluster = new KnownRuns(app, aws).clusterOf(selector.run());
        return cluster.isPresent() ? cluster.get() : onlyOneUp(app, aws);
    }

    static EmrCluster selected(Application app, ClusterSelector selector, AwsContext aws) throws IOException {
        WorkspaceIdentity identity = identity(app);
        ClusterQueries queries = new ClusterQueries(
                aws, identity, app.prices(), app.progress(), app.context().command());
        if (selector.id() != null) {
            return queries.getById(selector.id());
        } else if (selector.name() != null) {
            return queries.getByName(selector.name());
        }
        return onlyOneUp(app, aws);
    }

    private static EmrCluster onlyOneUp(Application app, AwsContext aws) throws IOException {
        WorkspaceIdentity identity = identity(app);
        ClusterQueries queries = new ClusterQueries(
                aws, identity, app.prices(), app.progress(), app.context().command());
        List<ListedCluster> up = identity.findId().isPresent() ? queries.listUp() : List.of();
        if (up.size() == 1) {
            return queries.getById(up.get(0).id());
        }
        throw CommandFailure.refused(
                up.isEmpty()
                        ? "No EMR cluster of this workspace is up. Select one that has ended with -c NAME or -idc j-XXX, or"
                                + " create one: " + app.context().command().action("create_cluster", "-c", "NAME")
                        : "Several EMR clusters of this workspace are up: "
                                + up.stream()
                                        .map(each -> each.id() + " ('"
                                                + each.origin().orElseThrow().cluster() + "')")
                                        .collect(Collectors.joining(", "))
                                + ". Select one with -idc.");
    }

    @Override
    public Report describe(Application app, ClusterSelector selector) throws IOException {
        String name = name(app, selector);
        try (EmrClusters clusters = clusters(app)) {
            return new EmrClusterReport(
                    clusters.queries().describe(selector.id(), name),
                    app.context().clock().instant());
        }
    }

    @Override
    public ClusterListReport.Section list(Application app, ListFilter filter) throws IOException {
        Instant since = filter.all() ? null : app.context().clock().instant().minus(RECENT);
        try (EmrClusters emr = clusters(app)) {
            List<ListedCluster> clusters = emr.queries().list(since, filter.states());
            String workspace = identity(app).findId().orElse("");
            return new ClusterListReport.EmrListing(
                    clusters,
                    workspace,
                    emr.queries().costs(priced(clusters, workspace)),
                    app.context().command());
        }
    }

    @Override
    public List<RunListReport.Row> listRuns(Application app, ClusterSelector selector) throws IOException {
        AwsContext aws = app.aws();
        try {
            return new EmrRunList(app, aws).rows(selector);
        } finally {
            aws.clients().close();
        }
    }

    /** Clusters whose cost is worth a call each: those we created, this workspace's first, live ones first. */
    private static List<ListedCluster> priced(List<ListedCluster> clusters, String workspace) {
        return clusters.stream()
                .filter(cluster -> cluster.origin().isPresent())
                .sorted(Comparator.comparing((ListedCluster cluster) -> !cluster.origin()
                                .map(origin -> origin.workspaceId().equals(workspace))
                                .orElse(false))
                        .thenComparing(ListedCluster::hasEnded))
                .limit(ClusterQueries.MAX_PRICED_CLUSTERS)
                .toList();
    }

    @Override
    public ExitCode terminate(Application app, Removal removal, CommandOutput output) throws IOException {
        return new EmrTermination(app, removal).execute(output);
    }

    @Override
    public void refuseWorkspaceDeletion(Application app) throws IOException {
        List<String> names = identity(app).clusterNames();
        if (!names.isEmpty()) {
            throw CommandFailure.refused("The workspace holds the resource journals of EMR clusters ("
                    + String.join(", ", names) + ") and is not deleted. Omit --delete-bucket.");
        }
    }

    @Override
    public Optional<OrphanRemoval> orphanRemoval() {
        return Optional.of((app, confirmed, ownBuckets, buckets, output) ->
                new OrphanCleanup(app, confirmed, new BucketSelection(ownBuckets, buckets)).run(output));
    }

    @Override
    public Optional<ClusterPlan> planCluster(Application app, Cluster cluster, ExecutionPlan plan, boolean check)
            throws IOException {
        return Optional.of(new EmrPlanning(app, cluster, plan).plan(check));
    }

    @Override
    public RunPreview preview(
            Application app, @Nullable Cluster cluster, ExecutionPlan plan, Selection selection, ResumeRequest resume)
            throws IOException {
        if (cluster == null) {
            return RunPreview.withoutEarlierRuns(plan, selection);
        }
        AwsContext aws = app.aws();
        try {
            return new EarlierRuns(app, aws, cluster, plan.pipeline()).preview(plan, selection, resume);
        } finally {
            aws.clients().close();
        }
    }

    @Override
    public List<RecordedRun> earlierRuns(Application app, @Nullable Cluster cluster, String pipeline)
            throws IOException {
        if (cluster == null) {
            return List.of();
        }
        AwsContext aws = app.aws();
        try {
            return new EarlierRuns(app, aws, cluster, pipeline).newest();
        } finally {
            aws.clients().close();
        }
    }

    @Override
    public ExitCode run(Application app, PipelineRun request, CommandOutput output) throws Exception {
        return EmrRun.execute(app, request, this, output);
    }
}
