package org.emrelay.runner.cli;

import org.emrelay.runner.report.ProblemReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists everything that is wrong with the files. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -steps steps.json")
final class ValidateAction implements ActionCommand {
    @Mixin
    private StepsOptions steps;

    @Mixin
    private TargetOption target;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    ValidateAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() {
        PipelineFiles.Checked checked = new PipelineFiles(world, steps, target.target).check();
        ProblemReport report = new ProblemReport(checked.problems());
        if (common.json()) {
            world.out().print(report.json());
        } else {
            world.out().print(report.text());
            if (checked.usable()) {
                world.out().println(steps.steps + " is valid.");
            }
        }
        return checked.usable() ? ExitCode.DONE : ExitCode.INVALID_FILE;
    }
}
