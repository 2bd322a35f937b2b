package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.StepExecution;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Executes the steps of a run, or continues a run where it stopped. */
@Command(footer = "%nExample: ${COMMAND-NAME} -idc j-2AXXXXXXGAPLF")
final class ExecuteStepsAction extends ClusterRunAction {
    @Mixin
    private SelectionOptions selection;

    @Option(
            names = "--cancel",
            description = "On EMR, Ctrl-C cancels the steps (default: detach; the steps keep running).")
    private boolean cancel;

    @Option(names = "--no-logs", description = "Do not wait for the logs of steps that failed on EMR.")
    private boolean noLogs;

    @Mixin
    private SupervisionOptions supervision;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        return new StepExecution(cluster(context))
                .execute(
                        run,
                        selection.selection(),
                        cancel ? InterruptPolicy.CANCEL : InterruptPolicy.DETACH,
                        !noLogs,
                        supervision.supervision(),
                        output(context));
    }
}
