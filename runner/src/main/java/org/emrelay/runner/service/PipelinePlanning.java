package org.emrelay.runner.service;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.platform.aws.price.CostEstimate;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;
import org.emrelay.runner.platform.emr.spec.ClusterResources;
import org.emrelay.runner.report.ClusterPlanReport;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CostEstimateReport;
import org.emrelay.runner.report.PlanReport;
import org.emrelay.runner.report.ResourcePlanReport;
import org.jspecify.annotations.Nullable;

/** Shows what a run would execute and, for EMR, what would be created. Without checks it needs no network. */
public final class PipelinePlanning {
    private static final String UNNAMED = "<name>";

    private final Application app;

    public PipelinePlanning(Application app) {
        this.app = app;
    }

    /**
     * Prints the plan.
     *
     * @param check whether to check the AWS account for obstacles, with read-only calls
     */
    public ExitCode plan(PipelineSource source, Target target, boolean check, CommandOutput output) throws IOException {
        PipelineFiles files = new PipelineFiles(app.context(), source, target);
        PipelineFiles.Checked checked = files.checkOrFail();
        PlanReport report = new PlanReport(files.planOf(checked));
        Cluster cluster = checked.cluster();
        if (target == Target.LOCAL || cluster == null) {
            output.print(report);
            return ExitCode.DONE;
        }
        EmrClusters.Check found = check ? check(cluster) : null;
        output.print(report.cluster(resources(cluster, found)));
        return found == null || found.findings().errors().isEmpty() ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
    }

    private ClusterPlanReport resources(Cluster cluster, EmrClusters.@Nullable Check found) {
        BootstrapScripts scripts =
                BootstrapScripts.of(cluster, new ContentHashes().of(BootstrapScripts.localFiles(cluster)));
        ClusterResources resources = new ClusterResources(cluster, name(cluster), AwsScope.PLACEHOLDERS);
        PriceTable prices =
                PriceTable.of(Objects.requireNonNullElse(app.awsOverrides().region(), PriceTable.DEFAULT_REGION));
        Map<String, PriceRange> spotPrices = found == null ? Map.of() : found.spotPrices();
        return new ClusterPlanReport(
                new ResourcePlanReport(resources, scripts),
                new CostEstimateReport(cluster, new CostEstimate(cluster, prices, spotPrices)),
                found == null ? null : found.findings());
    }

    private static String name(Cluster cluster) {
        return Objects.requireNonNullElse(cluster.name(), UNNAMED);
    }

    private EmrClusters.Check check(Cluster cluster) throws IOException {
        try (EmrClusters clusters = app.emrClusters()) {
            EmrClusters.Check found = clusters.check(cluster, name(cluster));
            found.findings().warnings().forEach(warning -> app.context().err().println("warning: " + warning));
            found.findings().errors().forEach(error -> app.context().err().println(error));
            return found;
        }
    }
}
