package org.emrelay.runner.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.report.TextTable;
import org.emrelay.runner.run.CorruptRunException;
import org.emrelay.runner.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows one cluster: of this machine with its runs, on EMR with its fleets and steps. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -idc local-1a2b3c4d")
final class DescribeClusterAction implements ActionCommand {
    @Mixin
    private ClusterChoice choice;

    @Mixin
    private OptionalTarget target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    DescribeClusterAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        if (new TargetResolver(world, common).of(choice, target.target) == Target.LOCAL) {
            return onThisMachine();
        }
        EmrDescription description = EmrDescription.ask(world, common, aws, choice);
        if (common.json()) {
            description.printJson();
        } else {
            description.print();
        }
        return ExitCode.DONE;
    }

    private ExitCode onThisMachine() throws Exception {
        LocalSession session = LocalSession.openExisting(world, common);
        LocalCluster cluster = session.finder().any(choice);
        List<Map<String, Object>> runs = new ArrayList<>();
        TextTable table = new TextTable("RUN", "PIPELINE", "STATUS", "BEGUN");
        for (Run run : session.book().runs(cluster.id(), this::warn)) {
            String status = status(session, run);
            table.row(run.id().value(), run.plan().pipeline(), status, ListClustersAction.toTheSecond(run.created()));
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("run_id", run.id().value());
            document.put("pipeline", run.plan().pipeline());
            document.put("status", status);
            document.put("created", run.created().toString());
            runs.add(document);
        }
        if (common.json()) {
            Map<String, Object> document = ListClustersAction.json(cluster);
            document.put("workspace", session.workspace().directory().toString());
            document.put("runs", runs);
            world.out().print(JsonWriter.pretty(document));
        } else {
            world.out()
                    .println("Cluster " + cluster.id() + " '" + cluster.name() + "', " + cluster.state() + ", created "
                            + ListClustersAction.toTheSecond(cluster.created()));
            world.out().println("Workspace " + session.workspace().directory());
            world.out().print(runs.isEmpty() ? "No runs yet.\n" : "\n" + table.text());
        }
        return ExitCode.DONE;
    }

    /** One run that cannot be read hides none of the others. */
    private String status(LocalSession session, Run run) throws IOException {
        try {
            return session.look(run).status().name().toLowerCase(Locale.ROOT);
        } catch (CorruptRunException damage) {
            warn(damage);
            return "damaged";
        }
    }

    private void warn(CorruptRunException damage) {
        world.err().println("warning: " + damage.getMessage());
    }
}
