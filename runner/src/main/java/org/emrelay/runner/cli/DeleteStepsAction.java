package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.StepDeletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes steps from a run, with all steps that depend on them. */
@Command(customSynopsis = "${COMMAND-NAME} [STEP ...] [options]", footer = "%nExample: ${COMMAND-NAME} clouds --yes")
final class DeleteStepsAction extends ClusterRunAction {
    @Option(names = "--cancel", description = "Also delete steps running on EMR: they are cancelled.")
    private boolean cancel;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Parameters(
            paramLabel = "STEP",
            arity = "0..*",
            description = "Steps to delete (default: all that have not started).")
    private List<String> steps = new ArrayList<>();

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        return new StepDeletion(cluster(context), yes).delete(run, steps, cancel, output(context));
    }
}
