package org.emrelay.runner.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.parse.ClusterFileReader;
import org.emrelay.runner.parse.ExecutorSizeCheck;
import org.emrelay.runner.parse.ParseResult;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.provision.InitialSteps;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.LocalClusters;
import org.emrelay.runner.report.ClusterCreatedReport;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.ProblemReport;

/** Creates a cluster, locally or on EMR. */
public final class ClusterCreation {
    private final Application app;
    private final String name;

    public ClusterCreation(Application app, String name) {
        if (!StepName.isValid(name)) {
            throw CommandFailure.usage("-c '" + name
                    + "' is not a valid name: use letters, digits, '_', '-' and '.', starting with a letter or digit, at"
                    + " most 64 characters.");
        }
        this.app = app;
        this.name = name;
    }

    /**
     * Creates the cluster.
     *
     * @param clusterFile its definition on EMR
     * @param wait whether to wait until a cluster on EMR accepts steps
     * @param keep whether the resources of a failed creation stay
     */
    public ExitCode create(Target target, Path clusterFile, boolean wait, boolean keep, CommandOutput output)
            throws IOException {
        return target == Target.EMR ? createOnEmr(clusterFile, wait, keep, output) : createLocally(output);
    }

    private ExitCode createOnEmr(Path clusterFile, boolean wait, boolean keep, CommandOutput output)
            throws IOException {
        Cluster definition = read(clusterFile);
        BootstrapScripts scripts =
                BootstrapScripts.of(definition, new ContentHashes().of(BootstrapScripts.localFiles(definition)));
        PendingCreation pending = new PendingCreation(name);
        try (EmrClusters clusters = app.emrClusters();
                InterruptHooks interrupts = new InterruptHooks()) {
            interrupts.print(() -> app.context().err().println(pending.interruptMessage()));
            String id = clusters.create(definition, name, scripts, InitialSteps.NONE, keep, created -> {
                pending.created(created);
                report(created, "Next: -a describe_cluster -idc " + created, output);
            });
            if (wait) {
                clusters.awaitStart(id, name, keep);
            }
        }
        return ExitCode.DONE;
    }

    private Cluster read(Path clusterFile) {
        Path file = app.context().resolve(clusterFile);
        if (!Files.exists(file)) {
            throw CommandFailure.usage("Cluster file " + clusterFile
                    + " does not exist. Pass -cluster FILE, or create a local cluster with -t local.");
        }
        ParseResult<Cluster> parsed = ClusterFileReader.read(file, clusterFile.toString());
        List<Problem> problems = new ArrayList<>(parsed.problems());
        Cluster definition = parsed.usable().orElse(null);
        if (definition != null) {
            problems.addAll(ExecutorSizeCheck.check(definition, clusterFile.toString()));
        }
        String report = new ProblemReport(problems).text();
        if (definition == null || problems.stream().anyMatch(Problem::isError)) {
            throw new CommandFailure(ExitCode.INVALID_FILE, report.stripTrailing());
        }
        app.context().err().print(report);
        return definition;
    }

    private ExitCode createLocally(CommandOutput output) throws IOException {
        LocalClusters clusters = app.localSession().clusters();
        for (LocalCluster existing : clusters.findActive(name)) {
            throw CommandFailure.refused("A cluster named '" + name + "' is already up: " + existing.id()
                    + ". Use it with -idc " + existing.id()
                    + ", terminate it with -a terminate_cluster, or choose another name.");
        }
        LocalCluster created = clusters.create(name);
        report(created.id().value(), "Next: -a add_steps -steps steps.json -idc " + created.id(), output);
        return ExitCode.DONE;
    }

    private void report(String id, String next, CommandOutput output) {
        try {
            output.print(new ClusterCreatedReport(id, name, next));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
