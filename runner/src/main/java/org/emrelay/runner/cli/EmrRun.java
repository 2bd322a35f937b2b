package org.emrelay.runner.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.price.AccruedCost;
import org.emrelay.runner.platform.aws.price.CostReport;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.Termination;
import org.emrelay.runner.platform.emr.blueprint.BootstrapScripts;
import org.emrelay.runner.platform.emr.provision.InitialSteps;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.RunReport;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.Status;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.SelectionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline on a cluster of EMR that is made for it, named after it, and taken down with all that was made but the bucket: there the results stay,
 * and a later run of the pipeline finds what this one finished.
 */
final class EmrRun {
    private final CliContext world;
    private final ExecutionPlan plan;
    private final AwsContext aws;
    private final Progress progress;
    private final EmrClusters clusters;
    private final String name;

    EmrRun(CliContext world, CommonOptions common, AwsOptions options, ExecutionPlan plan) {
        this.world = world;
        this.plan = plan;
        this.aws = EmrAccess.aws(world, options);
        this.progress = world.progress();
        this.clusters = new EmrClusters(aws, world.resolve(common.workspace), world.random(), progress::say);
        this.name = plan.pipeline();
    }

    /**
     * What came of it.
     *
     * @param fetched where the results are on this machine
     * @param cost null when it is not known
     * @param whole whether all is gone that was to be
     * @param endsByItself whether the cluster ends with its steps though nobody watches
     */
    record Outcome(
            String clusterId,
            RunResult result,
            List<Path> fetched,
            @Nullable AccruedCost cost,
            boolean whole,
            boolean endsByItself) {}

    /**
     * Does everything.
     *
     * @param directory for the results
     * @param withLogs whether to wait for the logs of steps that fail
     */
    Outcome carryOut(Cluster cluster, Selection selection, ResumeOption resume, Path directory, boolean withLogs)
            throws Exception {
        RunJobFlowSteps steps = RunJobFlowSteps.canTake(plan, selection, cluster)
                ? new RunJobFlowSteps(world, aws, plan, resume, progress)
                : null;
        String id = created(cluster, steps);
        try (EmrSession session = new EmrSession(world, aws, clusters.looks().cluster(id), progress);
                Interruption interruption = new Interruption()) {
            Run run = steps == null
                    ? added(session, resume.find(session.book(), plan.pipeline(), selection, progress::say))
                    : session.book().moved(steps.run(), session.id());
            progress.say("Run " + run.id() + " of " + plan.pipeline() + " on " + id);
            RunResult result = executed(session, run, selection, interruption);
            if (result.status() == Status.DETACHED || result.status() == Status.INTERRUPTED) {
                return new Outcome(id, result, List.of(), null, true, steps != null);
            }
            interruption.wakes(Thread.currentThread());
            List<Path> fetched = List.of();
            boolean whole;
            try {
                if (result.status() == Status.FAILED && withLogs) {
                    result = session.explained(result);
                } else if (result.status() == Status.DONE) {
                    fetched = new Results(session.workspace(), directory, progress).fetchFinal(plan, result);
                }
            } finally {
                whole = takeDown();
            }
            return new Outcome(
                    id, result, fetched, clusters.looks().describe(id, null).cost(), whole, steps != null);
        }
    }

    /** @param steps that go with it; null when they are added afterwards, by somebody who then watches */
    private String created(Cluster cluster, @Nullable RunJobFlowSteps steps) throws IOException {
        BootstrapScripts scripts =
                BootstrapScripts.of(cluster, new ContentHashes().of(BootstrapScripts.files(cluster)));
        try (LeftBehind left = new LeftBehind(world.err(), name)) {
            return clusters.create(
                    steps == null ? cluster : cluster.endingWithItsSteps(),
                    name,
                    scripts,
                    steps == null ? InitialSteps.NONE : steps,
                    false,
                    made -> {
                        left.madeCluster(made);
                        progress.say("The cluster " + made + " is made for this run; it ends "
                                + (steps == null ? "with it." : "with its steps, whether anybody watches or not."));
                    });
        }
    }

    private RunResult executed(EmrSession session, Run run, Selection selection, Interruption interruption)
            throws IOException, SelectionException, InterruptedException {
        try {
            return session.execute(run, selection, interruption, InterruptPolicy.DETACH);
        } catch (IOException | RuntimeException failure) {
            progress.say("The cluster " + session.id() + " goes on with its steps, and costs money. Come back with -a"
                    + " execute_steps -idc " + session.id() + "; remove it with -a terminate_cluster -c " + name + ".");
            throw failure;
        }
    }

    /** Without steps the cluster is for nothing. */
    private Run added(EmrSession session, @Nullable Run resumed) throws IOException {
        try {
            return session.add(plan, resumed);
        } catch (IOException | RuntimeException failure) {
            progress.say("The steps could not be added: the cluster is taken down again.");
            takeDown();
            throw failure;
        }
    }

    /** Everything but the bucket. */
    private boolean takeDown() throws IOException {
        try (Termination termination = clusters.find(null, name)) {
            ResourceDeletion.Outcome outcome = termination.carryOut(false);
            outcome.failures().forEach(progress::say);
            if (!outcome.isWhole()) {
                progress.say("Not everything is gone: remove the rest with -a terminate_cluster -c " + name + ".");
            }
            return outcome.isWhole();
        }
    }

    /** Tells a person, or a script, what came of it. */
    static void tell(CliContext world, CommonOptions common, Outcome outcome) {
        RunReport report = new RunReport(outcome.result());
        CostReport cost = new CostReport(outcome.cost());
        if (common.json()) {
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("cluster_id", outcome.clusterId());
            more.put("results", outcome.fetched().stream().map(Path::toString).toList());
            cost.addTo(more);
            world.out().print(report.json(more));
            return;
        }
        world.out().print(report.text());
        if (outcome.cost() != null) {
            world.out().println("\nThe cluster cost " + cost.soFar() + ".");
        }
        world.out().print(closing(outcome));
    }

    private static String closing(Outcome outcome) {
        RunResult result = outcome.result();
        return switch (result.status()) {
            case DONE ->
                outcome.fetched().isEmpty()
                        ? "Done.\n"
                        : "Results: "
                                + String.join(
                                        ", ",
                                        outcome.fetched().stream()
                                                .map(Path::toString)
                                                .toList())
                                + "\n";
            case FAILED ->
                "The run failed. Once the cause is mended, -a run -t emr --resume goes on from what is finished.\n";
            case DETACHED ->
                new DetachMessage(new ClusterId(outcome.clusterId()), result.unwatched()).text()
                        + (outcome.endsByItself() ? "The cluster ends by itself after its steps.\n" : "");
            case INTERRUPTED, UNFINISHED -> "Interrupted. -a execute_steps -idc " + outcome.clusterId() + " goes on.\n";
        };
    }
}
