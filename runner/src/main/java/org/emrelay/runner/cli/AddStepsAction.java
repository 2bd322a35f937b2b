package org.emrelay.runner.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.Selection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins a run on a cluster. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = "%nExample: ${COMMAND-NAME} -steps steps.json -idc j-2AXXXXXXGAPLF")
final class AddStepsAction implements ActionCommand {
    @Mixin
    private StepsOptions steps;

    @Mixin
    private ClusterChoice choice;

    @Mixin
    private ResumeOption resume;

    @Option(names = "--yes", description = "Do not ask before more than 1 GB is fetched from S3.")
    private boolean yes;

    @Mixin
    private OptionalTarget target;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    AddStepsAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        ClusterResolver sessions = new ClusterResolver(world, common, choice, aws, target.target);
        PipelineFiles files = new PipelineFiles(world, steps, sessions.target());
        ExecutionPlan plan = sessions.target() == Target.LOCAL
                ? new S3Inputs(world, common, aws, yes).plan(files)
                : files.planOrFail();
        try (ClusterSession session = sessions.toAdd()) {
            Run run = session.add(
                    plan, resume.find(session.book(), plan.pipeline(), Selection.NONE, sessions.progress()::say));
            if (common.json()) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("run_id", run.id().value());
                document.put("cluster_id", session.id().value());
                document.put("pipeline", plan.pipeline());
                world.out().print(JsonWriter.pretty(document));
            } else {
                world.out().println(run.id());
                world.err().println("Next: -a execute_steps -idc " + session.id());
            }
        }
        return ExitCode.DONE;
    }
}
