package org.sparkpipelines.runner.cli;

import java.util.Map;
import org.sparkpipelines.runner.json.JsonWriter;
import org.sparkpipelines.runner.model.Cluster;
import org.sparkpipelines.runner.model.Target;
import org.sparkpipelines.runner.report.PlanReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what would run and, for EMR, what would be made. It needs neither network nor credentials, and says the same for the same files. */
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
    private AwsOptions aws;

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
        PipelineFiles files = new PipelineFiles(world, steps, target.target);
        PipelineFiles.Checked checked = files.checkOrFail();
        PlanReport report = new PlanReport(files.planOf(checked));
        Cluster cluster = checked.cluster();
        if (target.target == Target.LOCAL || cluster == null) {
            world.out().print(common.json() ? report.json() : report.text());
            return ExitCode.DONE;
        }
        EmrPlan made = new EmrPlan(cluster, aws.region);
        if (common.json()) {
            Map<String, Object> document = report.document();
            document.put("cluster", made.document());
            world.out().print(JsonWriter.pretty(document));
        } else {
            world.out().print(report.text() + made.text());
        }
        return ExitCode.DONE;
    }
}
