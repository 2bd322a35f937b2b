package org.emrelay.runner.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.export.CronSchedule;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.emr.EmrExport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a pipeline in the form of another orchestrator. */
@Command(
        customSynopsis = "${COMMAND-NAME} --to FORMAT [-steps FILE] [options]",
        footer = {
            "%nExamples:",
            "  ${COMMAND-NAME} --to airflow -steps steps.json",
            "  ${COMMAND-NAME} --to step-functions --schedule 'cron(0 6 * * ? *)'"
        })
final class ExportAction extends PlatformAction {
    @Mixin
    private StepsOptions steps;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORMAT",
            order = PIPELINE_OPTION,
            description = "What to export to: ${COMPLETION-CANDIDATES}.")
    private ExportTarget target;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The directory to write to (default: the names of pipeline and format).")
    private @Nullable Path directory;

    @Option(
            names = "--schedule",
            paramLabel = "CRON",
            description =
                    "When the pipeline runs by itself, in UTC, such as 'cron(0 6 * * ? *)' as in Amazon EventBridge.")
    private @Nullable String schedule;

    @Option(
            names = "--private-subnets",
            description =
                    "The cluster's subnets have no route to the internet; EMR then needs a security group of its own.")
    private boolean privateSubnets;

    @Option(names = "--overwrite", description = "Replace exported files that were changed, and other files.")
    private boolean overwrite;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        List<String> options = new ArrayList<>(List.of("--to", target.toString()));
        if (schedule != null) {
            options.addAll(List.of("--schedule", schedule));
        }
        if (privateSubnets) {
            options.add("--private-subnets");
        }
        EmrExport.Request request = new EmrExport.Request(
                target.format(), target.toString(), directory, schedule(), privateSubnets, overwrite);
        return new EmrExport(application(context))
                .write(steps.source(workspace(context)), request, options, output(context));
    }

    private @Nullable CronSchedule schedule() {
        if (schedule == null) {
            return null;
        }
        return CronSchedule.parse(schedule)
                .orElseThrow(() -> CommandFailure.usage("--schedule '" + schedule
                        + "' is not an expression such as cron(0 6 * * ? *): minutes, hours, day of the month, month, day of the"
                        + " week, year; one of the days is a question mark."));
    }
}
