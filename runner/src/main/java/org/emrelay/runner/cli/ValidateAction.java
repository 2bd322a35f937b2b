package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.report.ProblemReport;
import org.emrelay.runner.service.PipelineFiles;
import org.emrelay.runner.service.PipelineSource;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Validates a pipeline's files. */
@Command(customSynopsis = StepsOptions.SYNOPSIS, footer = "%nExample: ${COMMAND-NAME} -steps steps.json")
final class ValidateAction extends ActionCommand {
    @Mixin
    private StepsOptions steps;

    @Mixin
    private TargetOption target;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        PipelineSource source = steps.source();
        PipelineFiles.Checked checked = new PipelineFiles(context, source, target.platform).check();
        output(context).print(new ProblemReport(checked.problems(), source.stepsFile() + " is valid."));
        return checked.isUsable() ? ExitCode.DONE : ExitCode.INVALID_FILE;
    }
}
