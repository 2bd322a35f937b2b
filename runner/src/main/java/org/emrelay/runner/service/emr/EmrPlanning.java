package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.aws.price.CostEstimate;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.preflight.PackageDownloads;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;
import org.emrelay.runner.platform.emr.spec.ClusterResources;
import org.emrelay.runner.platform.emr.spec.DefaultKeys;
import org.emrelay.runner.platform.emr.spec.PlanAccess;
import org.emrelay.runner.report.ClusterPlanReport;
import org.emrelay.runner.report.CostEstimateReport;
import org.emrelay.runner.report.ResourcePlanReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform.ClusterPlan;
import org.jspecify.annotations.Nullable;

/** Plans and prices the AWS resources of a cluster. Without checks it needs no network. */
final class EmrPlanning {
    private static final String UNNAMED = "<name>";

    private final Application app;
    private final Cluster cluster;
    private final ExecutionPlan plan;
    private final String name;

    EmrPlanning(Application app, Cluster cluster, ExecutionPlan plan) {
        this.app = app;
        this.cluster = cluster;
        this.plan = plan;
        this.name = Objects.requireNonNullElse(cluster.name(), UNNAMED);
    }

    /** @param check whether to check the AWS account for obstacles, with read-only calls */
    ClusterPlan plan(boolean check) throws IOException {
        EmrClusters.Check found = check ? check() : null;
        return new ClusterPlan(
                report(found), found == null || found.findings().errors().isEmpty());
    }

    private ClusterPlanReport report(EmrClusters.@Nullable Check found) {
        BootstrapScripts scripts = EmrClusterPlatform.bootstrapScripts(cluster);
        PriceTable prices = found == null ? bundledPrices() : app.prices().prices(cluster.instanceTypes());
        ClusterResources resources = new ClusterResources(
                cluster,
                name,
                AwsScope.PLACEHOLDERS,
                found == null ? DefaultKeys.NONE : found.findings().defaultKeys());
        return new ClusterPlanReport(
                new ResourcePlanReport(
                        resources, scripts, PlanAccess.of(plan, resources.bucketName() + "/" + resources.keyPrefix())),
                new CostEstimateReport(
                        cluster, new CostEstimate(cluster, prices, found == null ? Map.of() : found.spotPrices())),
                found == null ? null : found.findings());
    }

    /** The same for everyone, whatever has been looked up on this machine. */
    private PriceTable bundledPrices() {
        return PriceTable.bundled(Objects.requireNonNullElse(app.awsOverrides().region(), PriceTable.DEFAULT_REGION));
    }

    private EmrClusters.Check check() throws IOException {
        try (EmrClusters clusters = EmrClusterPlatform.clusters(app)) {
            EmrClusters.Check found = clusters.check(cluster, name, PackageDownloads.of(plan));
            found.findings().warnings().forEach(warning -> app.context().err().println("warning: " + warning));
            found.findings().errors().forEach(error -> app.context().err().println(error));
            return found;
        }
    }
}
