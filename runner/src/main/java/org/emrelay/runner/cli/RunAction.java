package org.emrelay.runner.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.RunReport;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does everything: creates a cluster, runs the steps, fetches the results, ends the cluster. */
@Command(
        sortOptions = false,
        customSynopsis = "${COMMAND-NAME} [options]",
        footer = {
            "%nExamples:",
            "  ${COMMAND-NAME} -steps steps.json",
            "  ${COMMAND-NAME} -steps steps.json -p rows=1000000 --resume",
            "  ${COMMAND-NAME} -steps steps.json -t emr"
        })
final class RunAction implements ActionCommand {
    @Mixin
    private StepsOptions steps;

    @Mixin
    private TargetOption target;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private ResultsOption results;

    @Mixin
    private ResumeOption resume;

    @Option(names = "--no-logs", description = "Do not wait for the logs of a step on EMR that failed.")
    private boolean noLogs;

    @Option(names = "--yes", description = "Do not ask before more than 1 GB is fetched from S3.")
    private boolean yes;

    @Mixin
    private AwsOptions aws;

    @Mixin
    private CommonOptions common;

    private final CliContext world;

    RunAction(CliContext world) {
        this.world = world;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public ExitCode carryOut() throws Exception {
        if (target.target == Target.EMR) {
            return onEmr();
        }
        ExecutionPlan plan = new S3Inputs(world, common, aws, yes).plan(new PipelineFiles(world, steps, target.target));
        Progress progress = world.progress();
        LocalSession session = LocalSession.open(world, common);
        try (WorkspaceLock lock = session.lock("run");
                Interruption interruption = new Interruption()) {
            session.clusters().endAbandoned();
            LocalCluster cluster = session.clusters().createForOneRun(plan.pipeline());
            Run run = session.book()
                    .add(
                            plan,
                            cluster.id(),
                            resume.find(session.book(), plan.pipeline(), selection.selection(), world.err()::println));
            progress.say("Run " + run.id() + " of " + plan.pipeline() + " on this machine (" + cluster.id() + ")");
            RunResult result = session.execute(run, selection.selection(), progress, interruption);
            return end(session, plan, cluster, result, progress);
        }
    }

    private ExitCode onEmr() throws Exception {
        PipelineFiles files = new PipelineFiles(world, steps, Target.EMR);
        PipelineFiles.Checked checked = files.checkOrFail();
        Cluster cluster = checked.cluster();
        if (cluster == null) {
            throw CommandFailure.usage("There is no cluster file beside " + steps.steps
                    + ": say on what to run with -cluster FILE, or run on this machine with -t local.");
        }
        ExecutionPlan plan = files.planOf(checked);
        selection.selection().check(plan);
        EmrRun.Outcome outcome = new EmrRun(world, common, aws, plan)
                .carryOut(cluster, selection.selection(), resume, results.directory(world, plan.pipeline()), !noLogs);
        EmrRun.tell(world, common, outcome);
        ExitCode code = RunEnding.exitCode(outcome.result());
        return code == ExitCode.DONE && !outcome.whole() ? ExitCode.PLATFORM_FAILED : code;
    }

    private ExitCode end(
            LocalSession session, ExecutionPlan plan, LocalCluster cluster, RunResult result, Progress progress)
            throws Exception {
        boolean interrupted = result.status() == RunResult.Status.INTERRUPTED;
        List<Path> fetched = List.of();
        if (result.status() == RunResult.Status.DONE) {
            fetched = new Results(session.workspace(), results.directory(world, plan.pipeline()), progress)
                    .fetchFinal(plan, result);
        }
        if (!interrupted) {
            session.clusters().end(cluster.id());
        }
        RunReport report = new RunReport(result);
        if (common.json()) {
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("cluster_id", cluster.id().value());
            more.put("results", fetched.stream().map(Path::toString).toList());
            world.out().print(report.json(more));
        } else {
            world.out().print(report.text());
            world.out().println(closingLine(result, fetched, interrupted));
        }
        return RunEnding.exitCode(result);
    }

    private static String closingLine(RunResult result, List<Path> fetched, boolean interrupted) {
        if (interrupted) {
            return "\nInterrupted. Go on with -a execute_steps, or begin anew with -a run --resume.";
        } else if (result.status() == RunResult.Status.FAILED) {
            return "\nThe run failed. Once the cause is mended, -a run --resume goes on from what is finished.";
        } else if (fetched.isEmpty()) {
            return "\nDone.";
        }
        return "\nResults: "
                + String.join(", ", fetched.stream().map(Path::toString).toList());
    }
}
