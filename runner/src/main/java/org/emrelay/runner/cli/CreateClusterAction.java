package org.emrelay.runner.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.parse.ClusterFileReader;
import org.emrelay.runner.parse.MemoryCheck;
import org.emrelay.runner.parse.ParseResult;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.blueprint.BootstrapScripts;
import org.emrelay.runner.platform.emr.provision.InitialSteps;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.LocalClusters;
import org.emrelay.runner.report.ProblemReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates a cluster. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExamples:%n  ${COMMAND-NAME} -c demo%n  ${COMMAND-NAME} -t local -c demo")
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

    @Option(
            names = {"-cluster", "--cluster"},
            paramLabel = "FILE",
            defaultValue = "cluster-ec2-spot-fleet.json",
            description = "Of what it consists on EMR (default: cluster-ec2-spot-fleet.json in the current directory).")
    private Path cluster;

    @Option(names = "--no-wait", description = "Return as soon as EMR has taken the cluster on, before it is up.")
    private boolean noWait;

    @Option(names = "--keep", description = "Leave what was made when the creation fails, to look at it.")
    private boolean keep;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    CreateClusterAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        if (!StepName.isUsable(name)) {
            throw CommandFailure.usage(
                    "-c '" + name
                            + "' is no usable name: use letters, digits, '_', '-' and '.', the first a letter or digit, at most 64 in all.");
        }
        return target == Target.EMR ? onEmr() : onThisMachine();
    }

    private ExitCode onEmr() throws Exception {
        Cluster wanted = read();
        BootstrapScripts scripts = BootstrapScripts.of(wanted, new ContentHashes().of(BootstrapScripts.files(wanted)));
        try (EmrClusters clusters = EmrAccess.clusters(world, common, aws);
                LeftBehind left = new LeftBehind(world.err(), name)) {
            String id = clusters.create(wanted, name, scripts, InitialSteps.NONE, keep, made -> {
                left.madeCluster(made);
                tell(made, "Next: -a describe_cluster -idc " + made);
            });
            if (!noWait) {
                clusters.awaitStart(id, name, keep);
            }
        }
        return ExitCode.DONE;
    }

    private Cluster read() {
        Path file = world.resolve(cluster);
        if (!Files.exists(file)) {
            throw CommandFailure.usage("There is no cluster file " + cluster
                    + ": name one with -cluster FILE, or make a cluster of this machine with -t local.");
        }
        ParseResult<Cluster> reading = ClusterFileReader.read(file, cluster.toString());
        List<Problem> problems = new ArrayList<>(reading.problems());
        Cluster usable = reading.usable().orElse(null);
        if (usable != null) {
            problems.addAll(MemoryCheck.check(usable, cluster.toString()));
        }
        ProblemReport report = new ProblemReport(problems);
        if (usable == null || problems.stream().anyMatch(Problem::isError)) {
            throw new CommandFailure(ExitCode.INVALID_FILE, report.text().stripTrailing());
        }
        world.err().print(report.text());
        return usable;
    }

    private ExitCode onThisMachine() throws Exception {
        LocalClusters clusters = LocalSession.open(world, common).clusters();
        for (LocalCluster taken : clusters.upWithName(name)) {
            throw CommandFailure.refused("A cluster named '" + name + "' is up already: " + taken.id()
                    + ". Use it with -idc " + taken.id()
                    + ", end it with -a terminate_cluster, or take another name.");
        }
        LocalCluster made = clusters.create(name);
        tell(made.id().value(), "Next: -a add_steps -steps steps.json -idc " + made.id());
        return ExitCode.DONE;
    }

    private void tell(String id, String next) {
        if (common.json()) {
            Map<String, String> document = new LinkedHashMap<>();
            document.put("cluster_id", id);
            document.put("name", name);
            world.out().print(JsonWriter.pretty(document));
        } else {
            world.out().println(id);
            world.err().println(next);
        }
        world.out().flush();
    }
}
