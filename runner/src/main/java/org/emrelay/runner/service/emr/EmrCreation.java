package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.parse.ClusterFileReader;
import org.emrelay.runner.parse.ExecutorSizeCheck;
import org.emrelay.runner.parse.ParseResult;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.price.CostEstimate;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.preflight.PackageDownloads;
import org.emrelay.runner.platform.emr.provision.InitialSteps;
import org.emrelay.runner.platform.emr.provision.LaunchedCluster;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CostEstimateReport;
import org.emrelay.runner.report.CreationReport;
import org.emrelay.runner.report.ProblemReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform.Creation;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.InterruptHooks;
import org.emrelay.runner.service.InvalidFileException;

/** Creates an EMR cluster from its cluster file. */
final class EmrCreation {
    private final Application app;
    private final Creation creation;

    EmrCreation(Application app, Creation creation) {
        this.app = app;
        this.creation = creation;
    }

    ExitCode execute(CommandOutput output) throws IOException {
        String name = creation.name();
        Cluster definition = definition();
        BootstrapScripts scripts = EmrClusterPlatform.bootstrapScripts(definition);
        AwsContext aws = app.aws();
        PendingCreation pending = new PendingCreation(name, app.context().command());
        app.openWorkspace();
        try (EmrClusters clusters = EmrClusterPlatform.clusters(app, aws);
                InterruptHooks interrupts = new InterruptHooks()) {
            interrupts.print(() -> app.context().err().println(pending.interruptMessage()));
            Consumer<String> onCreated = id -> {
                pending.created(id);
                app.progress().notice("Created cluster " + id);
                reportCost(app, definition, name);
            };
            LaunchedCluster cluster = clusters.create(
                    definition, name, scripts, InitialSteps.NONE, PackageDownloads.NONE, creation.keep(), onCreated);
            try {
                if (creation.awaitStart()) {
                    clusters.awaitStart(cluster, name, creation.keep(), onCreated);
                }
            } finally {
                // Not earlier: EMR may refuse the service role, and then the cluster gets another id.
                report(pending.cluster().orElseThrow(), output);
            }
        }
        return ExitCode.DONE;
    }

    /** What the new cluster costs, and how to end it. */
    static void reportCost(Application app, Cluster cluster, String name) {
        PriceTable table = app.prices().prices(cluster.instanceTypes());
        CostEstimate estimate = new CostEstimate(cluster, table, Map.of());
        app.progress().notice(new CostEstimateReport(cluster, estimate).notice());
        app.progress().notice("Terminate it: " + app.context().command().action("terminate_cluster", "-c", name));
    }

    private Cluster definition() {
        Path file = app.context().resolve(creation.definition());
        if (!Files.exists(file)) {
            throw CommandFailure.usage("Cluster file " + creation.definition()
                    + " does not exist. Pass -cluster FILE, or create a local cluster with -t local.");
        }
        ParseResult<Cluster> parsed =
                ClusterFileReader.read(file, creation.definition().toString());
        List<Problem> problems = new ArrayList<>(parsed.problems());
        Cluster definition = parsed.usable().orElse(null);
        if (definition != null) {
            problems.addAll(
                    ExecutorSizeCheck.check(definition, creation.definition().toString()));
        }
        if (definition == null || problems.stream().anyMatch(Problem::isError)) {
            throw new InvalidFileException(problems);
        }
        app.context().err().print(new ProblemReport(problems).text());
        return definition;
    }

    private void report(String id, CommandOutput output) {
        try {
            output.print(CreationReport.ofCluster(
                    id, creation.name(), "Next: " + app.context().command().action("describe_cluster", "-idc", id)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
