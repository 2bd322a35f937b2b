package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.report.ClusterListReport;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.Platforms;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists clusters, or orphaned AWS resources. */
@Command(footer = "%nExample: ${COMMAND-NAME}")
final class ListClustersAction extends PlatformAction {
    @Option(
            names = "--all",
            description =
                    "On EMR: all clusters that EMR lists (default: active ones and those of the last seven days).")
    private boolean all;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "On EMR: only clusters in this state, such as WAITING; repeatable.")
    private List<String> states = new ArrayList<>();

    @Option(
            names = "--orphans",
            description = "On EMR: list resources whose cluster no longer exists, and offer to delete them.")
    private boolean orphans;

    @Option(names = "--yes", description = "With --orphans: do not ask for confirmation.")
    private boolean yes;

    @Option(
            names = "--delete-bucket",
            description = "With --orphans: delete buckets of this workspace too, with all results in them.")
    private boolean deleteBucket;

    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            description = "With --orphans: delete this bucket of any workspace, with all results in it; repeatable.")
    private List<String> buckets = new ArrayList<>();

    @Mixin
    private TargetOption.Implied target;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        Application app = application(context);
        CommandOutput output = output(context);
        if (orphans) {
            return orphanRemoval(context.platforms()).execute(app, yes, deleteBucket, buckets, output);
        } else if (yes || deleteBucket || !buckets.isEmpty()) {
            throw CommandFailure.usage((yes ? "--yes" : deleteBucket ? "--delete-bucket" : "--bucket")
                    + " applies to orphaned resources only: pass --orphans too.");
        }
        List<ClusterListReport.Section> sections = new ArrayList<>();
        for (ClusterPlatform platform : context.platforms().all()) {
            if (target.platform == null ? platform.isUsed(app) : target.platform.equals(platform)) {
                sections.add(platform.list(app, new ClusterPlatform.ListFilter(all, states)));
            }
        }
        output.print(new ClusterListReport(sections));
        return ExitCode.DONE;
    }

    private ClusterPlatform.OrphanRemoval orphanRemoval(Platforms platforms) {
        List<ClusterPlatform> searched = target.platform == null ? platforms.all() : List.of(target.platform);
        ClusterPlatform.OrphanRemoval removal = searched.stream()
                .flatMap(platform -> platform.orphanRemoval().stream())
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("--orphans searches AWS: omit -t "
                        + searched.get(0).label().key() + "."));
        if (all || !states.isEmpty()) {
            throw CommandFailure.usage("--orphans does not list clusters: omit --all and --state.");
        }
        return removal;
    }
}
