package org.emrelay.runner.cli;

import java.time.Duration;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.RunnerContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes data of old runs. */
@Command(footer = {"%nExamples:", "  ${COMMAND-NAME} --dry-run", "  ${COMMAND-NAME} --keep 3 --older-than 30d --yes"})
final class CleanAction extends PlatformAction {
    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "1",
            description = "Keep the data of the newest N runs of each pipeline (default: 1).")
    private int keep;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "Only runs that were created at least this long ago, such as 30d, 12h or 2w.")
    private @Nullable Duration olderThan;

    @Option(
            names = "--outdated",
            description = "Also delete results that the kept runs would not reuse: of steps, inputs or parameters that"
                    + " have changed since.")
    private boolean outdated;

    @Option(names = "--dry-run", description = "Show what would be deleted, and delete nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Mixin
    private TargetOption target;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        if (keep < 1) {
            throw CommandFailure.usage("--keep must be at least 1: the newest run of each pipeline keeps its data.");
        }
        return target.platform.clean(
                application(context),
                new ClusterPlatform.Cleanup(keep, olderThan, outdated, dryRun, yes),
                output(context));
    }
}
