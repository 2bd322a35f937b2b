package org.emrelay.runner.cli;

import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.report.DeepCheckReport;
import org.emrelay.runner.report.ProblemReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.AwsOverrides;
import org.emrelay.runner.service.PipelineFiles;
import org.emrelay.runner.service.PipelineSource;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.local.DeepCheck;
import org.emrelay.runner.service.stream.StreamSelector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Validates a pipeline's files. */
@Command(customSynopsis = StepsOptions.SYNOPSIS, footer = "%nExample: ${COMMAND-NAME} -steps steps.json")
final class ValidateAction extends ActionCommand {
    @Mixin
    private StepsOptions steps;

    @Option(
            names = {"-stream", "--stream"},
            paramLabel = "FILE",
            order = PIPELINE_OPTION,
            description = "Validate a stream file instead.")
    private @Nullable Path stream;

    @Mixin
    private TargetOption target;

    @Option(
            names = "--deep",
            description = "Also start steps that can check their arguments and the columns of their inputs: jobs of"
                    + " Emrelay, SQL steps and those with 'check'. They write nothing.")
    private boolean deep;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        if (stream != null) {
            List<Problem> problems = new StreamSelector(stream, null).problems(context);
            output(context).print(new ProblemReport(problems, stream + " is valid."));
            return problems.stream().anyMatch(Problem::isError) ? ExitCode.INVALID_FILE : ExitCode.DONE;
        }
        PipelineSource source = steps.source(workspace(context));
        PipelineFiles files = new PipelineFiles(context, source, target.platform);
        PipelineFiles.Checked checked = deep ? files.checkAndPlan() : files.check();
        String confirmation = source.stepsFile() + " is valid.";
        if (!deep || !checked.isUsable()) {
            output(context).print(new ProblemReport(checked.problems(), confirmation));
            return checked.isUsable() ? ExitCode.DONE : ExitCode.INVALID_FILE;
        }
        AwsOverrides none = new AwsOverrides(null, null, null);
        try (Application app = new Application(context, action, workspace, none, verbosity())) {
            DeepCheckReport report = new DeepCheck(app)
                    .check(checked, files.planOf(checked), source.stepsFile().toString(), confirmation);
            output(context).print(report);
            return report.isValid() ? ExitCode.DONE : ExitCode.INVALID_FILE;
        }
    }
}
