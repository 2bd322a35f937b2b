package org.emrelay.runner.cli;

import java.nio.file.Path;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Creates a cluster. */
@Command(footer = "%nExamples:%n  ${COMMAND-NAME} -c demo%n  ${COMMAND-NAME} -t local -c demo")
final class CreateClusterAction extends PlatformAction {
    @Option(
            names = {"-c", "--cname"},
            paramLabel = "NAME",
            required = true,
            description = "Cluster name.")
    private String name;

    @Option(
            names = {"-t", "--target"},
            paramLabel = "${bundle:platforms}",
            defaultValue = "emr",
            description = "Platform: ${bundle:platforms.emr}.")
    private ClusterPlatform platform;

    @Option(
            names = {"-cluster", "--cluster"},
            paramLabel = "FILE",
            defaultValue = "cluster-ec2-spot-fleet.json",
            description =
                    "Cluster definition file for EMR (default: cluster-ec2-spot-fleet.json in the current directory).")
    private Path cluster;

    @Option(names = "--no-wait", description = "Return as soon as EMR has accepted the cluster, before it is up.")
    private boolean noWait;

    @Option(names = "--keep", description = "Keep the resources of a failed creation, for troubleshooting.")
    private boolean keep;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        return platform.create(
                application(context), new ClusterPlatform.Creation(name, cluster, !noWait, keep), output(context));
    }
}
