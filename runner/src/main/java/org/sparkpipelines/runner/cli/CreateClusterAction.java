package org.sparkpipelines.runner.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sparkpipelines.runner.json.JsonWriter;
import org.sparkpipelines.runner.model.StepName;
import org.sparkpipelines.runner.model.Target;
import org.sparkpipelines.runner.platform.local.LocalCluster;
import org.sparkpipelines.runner.platform.local.LocalClusters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates a cluster. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -t local -c demo")
final class CreateClusterAction implements ActionCommand {
    @Option(
            names = {"-c", "--cname"},
            paramLabel = "NAME",
            required = true,
            description = "The cluster's name.")
    private String name;

    @Option(
            names = {"-t", "--target"},
            paramLabel = "local|emr",
            defaultValue = "emr",
            description = "Amazon EMR (default), or this machine, which costs nothing.")
    private Target target;

    @Mixin
    private CommonOptions common;

    private final World world;

    CreateClusterAction(World world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        if (target == Target.EMR) {
            throw CommandFailure.platform(LocalSession.EMR_NOT_YET);
        }
        if (!StepName.isUsable(name)) {
            throw CommandFailure.usage(
                    "-c '" + name
                            + "' is no usable name: use letters, digits, '_', '-' and '.', the first a letter or digit, at most 64 in all.");
        }
        LocalClusters clusters = LocalSession.open(world, common).clusters();
        for (LocalCluster taken : clusters.upWithName(name)) {
            throw CommandFailure.refused("A cluster named '" + name + "' is up already: " + taken.id()
                    + ". Use it with -idc " + taken.id()
                    + ", end it with -a terminate_cluster, or take another name.");
        }
        LocalCluster cluster = clusters.create(name);
        if (common.json()) {
            Map<String, String> document = new LinkedHashMap<>();
            document.put("cluster_id", cluster.id().value());
            document.put("name", cluster.name());
            world.out().print(JsonWriter.pretty(document));
        } else {
            world.out().println(cluster.id());
            world.err().println("Next: -a add_steps -steps steps.json -idc " + cluster.id());
        }
        return ExitCode.DONE;
    }
}
