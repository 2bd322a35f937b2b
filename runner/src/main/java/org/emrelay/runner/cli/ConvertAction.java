package org.emrelay.runner.cli;

import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.parse.CommandConversion;
import org.emrelay.runner.parse.ConvertedStep;
import org.emrelay.runner.report.ConvertedStepReport;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the step that a command is equivalent to. */
@Command(
        customSynopsis = "${COMMAND-NAME} [options] -- COMMAND",
        footer = {
            "%nExamples:",
            "  ${COMMAND-NAME} -- spark-submit --class org.example.Job job.jar",
            "  ${COMMAND-NAME} -- command-runner.jar spark-submit s3://b/job.py"
        })
final class ConvertAction extends ActionCommand {
    @Parameters(
            paramLabel = "COMMAND",
            arity = "1..*",
            description = "A spark-submit command, the arguments of an EMR step, or aws emr add-steps with one step.")
    private List<String> command;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        ConvertedStep step;
        try {
            step = CommandConversion.convert(command);
        } catch (IllegalArgumentException notConvertible) {
            throw CommandFailure.usage(String.valueOf(notConvertible.getMessage()));
        }
        output(context).print(new ConvertedStepReport(step));
        return ExitCode.DONE;
    }
}
