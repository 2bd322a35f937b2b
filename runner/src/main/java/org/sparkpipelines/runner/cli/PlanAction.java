package org.sparkpipelines.runner.cli;

import org.sparkpipelines.runner.plan.ExecutionPlan;
import org.sparkpipelines.runner.report.PlanReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what would run. It needs neither network nor credentials, and says the same for the same files. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -steps steps.json")
final class PlanAction implements ActionCommand {
    @Mixin
    private StepsOptions steps;

    @Mixin
    private TargetOption target;

    @Mixin
    private CommonOptions common;

    private final World world;

    PlanAction(World world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() {
        ExecutionPlan plan = new PipelineFiles(world, steps, target.target).planOrFail();
        PlanReport report = new PlanReport(plan);
        world.out().print(common.json() ? report.json() : report.text());
        return ExitCode.DONE;
    }
}
