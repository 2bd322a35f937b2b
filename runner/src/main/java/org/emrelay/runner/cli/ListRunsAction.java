package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.report.RunListReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.ClusterSelector;
import org.emrelay.runner.service.RunnerContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(footer = "%nExample: ${COMMAND-NAME}")
final class ListRunsAction extends PlatformAction {
    @Option(
            names = {"-idc", "--cluster_id"},
            paramLabel = "ID",
            description = "Only runs of this cluster (default: of all clusters of this workspace).")
    private @Nullable String id;

    @Option(
            names = {"-c", "--cname"},
            paramLabel = "NAME",
            description = "Only runs of clusters of this name.")
    private @Nullable String name;

    @Mixin
    private TargetOption.Implied target;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        Application app = application(context);
        ClusterSelector selector = new ClusterSelector(id, name);
        List<RunListReport.Row> runs = new ArrayList<>();
        List<ClusterPlatform> platforms = platforms(app, selector);
        ExitCode code = ExitCode.DONE;
        for (ClusterPlatform platform : platforms) {
            try {
                runs.addAll(platform.listRuns(app, selector));
            } catch (RunnerException failure) {
                if (platforms.size() == 1) {
                    throw failure;
                }
                // Without a network, the local runs are still there.
                context.err().println(failure.message());
                code = failure.exitCode();
            }
        }
        output(context).print(new RunListReport(runs));
        return code;
    }

    private List<ClusterPlatform> platforms(Application app, ClusterSelector selector) throws Exception {
        if (!selector.isNone() || target.platform != null) {
            return List.of(app.context().platforms().resolve(app, selector, target.platform));
        }
        List<ClusterPlatform> used = new ArrayList<>();
        for (ClusterPlatform platform : app.context().platforms().all()) {
            if (platform.isUsed(app)) {
                used.add(platform);
            }
        }
        return used;
    }
}
