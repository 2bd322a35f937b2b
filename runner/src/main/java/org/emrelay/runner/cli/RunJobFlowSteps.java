package org.emrelay.runner.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.iam.BucketAccess;
import org.emrelay.runner.platform.aws.iam.BucketAccessGrants;
import org.emrelay.runner.platform.aws.s3.S3Workspace;
import org.emrelay.runner.platform.emr.blueprint.ClusterResources;
import org.emrelay.runner.platform.emr.provision.InitialSteps;
import org.emrelay.runner.platform.emr.steps.StepsAhead;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.run.Executor;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.Status;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.SelectionException;
import org.emrelay.runner.run.SharedJournals;
import org.jspecify.annotations.Nullable;

/**
 * A run whose steps go with the request for its cluster. From EMR's answer on nobody is needed any more: the steps run and the cluster ends, even if this machine
 * sleeps.
 */
final class RunJobFlowSteps implements InitialSteps {
    private final CliContext world;
    private final AwsContext aws;
    private final ExecutionPlan plan;
    private final ResumeOption resume;
    private final Progress progress;
    private @Nullable Run run;

    RunJobFlowSteps(CliContext world, AwsContext aws, ExecutionPlan plan, ResumeOption resume, Progress progress) {
        this.world = world;
        this.aws = aws;
        this.plan = plan;
        this.resume = resume;
        this.progress = progress;
    }

    /** Whether EMR alone does with the steps what the plan says: one after another, each once, for as long as it takes. */
    static boolean canTake(ExecutionPlan plan, Selection selection, Cluster cluster) {
        return selection.isNone()
                && plan.isChain()
                && plan.steps().size() <= StepsAhead.AT_MOST
                && cluster.lifecycle().stepsAtOnce() == 1
                && !cluster.lifecycle().terminationProtected()
                && plan.steps().stream().filter(PlannedStep::runs).allMatch(RunJobFlowSteps::isSimple);
    }

    private static boolean isSimple(PlannedStep step) {
        FailurePolicy policy = step.failurePolicy();
        return policy.retries() == 0 && policy.timeout() == null;
    }

    /** What a cluster is called by the runs that were added before EMR gave it an id. */
    static ClusterId name(String creation) {
        return new ClusterId("j-" + creation);
    }

    /** The run, once there is a cluster for it. */
    Run run() {
        return Objects.requireNonNull(run, "no cluster was asked for yet");
    }

    @Override
    public List<Map<String, Object>> of(ClusterResources blueprint, String creation) {
        S3Workspace workspace =
                new S3Workspace(aws, blueprint.bucketName(), blueprint.keyPrefix(), new TransferProgress(progress));
        try {
            return handedOver(workspace, blueprint, name(creation));
        } catch (FileSystemException trouble) {
            throw new RefusedException(FileErrors.sentence(trouble));
        } catch (IOException failure) {
            throw new RefusedException("The steps could not be made ready: " + failure.getMessage());
        } catch (SelectionException impossible) {
            throw new IllegalStateException("nothing was chosen by hand", impossible);
        } finally {
            progress.erase();
        }
    }

    private List<Map<String, Object>> handedOver(S3Workspace workspace, ClusterResources blueprint, ClusterId cluster)
            throws IOException, SelectionException {
        SharedJournals journals = new SharedJournals(workspace.shared(), workspace::uri);
        Runs book = new Runs(world, workspace, journals);
        Run added = book.add(plan, cluster, resume.find(book, plan.pipeline(), Selection.NONE, progress::say));
        new BucketAccessGrants(aws, progress::say)
                .give(blueprint.names(), blueprint.ownership(), BucketAccess.of(plan, blueprint.bucketName()));
        StepsAhead ahead = new StepsAhead(workspace);
        RunResult result = new Executor(added, ahead, journals, world.clock(), progress, InterruptPolicy.DETACH)
                .execute(Selection.NONE);
        refuseWhatIsNotWhole(result);
        run = added;
        return ahead.documents();
    }

    /** What EMR has not got with the cluster it can never get: the cluster ends with what it has. */
    private static void refuseWhatIsNotWhole(RunResult result) {
        if (result.status() == Status.FAILED) {
            throw new RefusedException(result.steps().stream()
                    .filter(step -> step.failure() != null || !step.reason().isEmpty())
                    .map(step -> "Step '" + step.name() + "': " + step.reason() + ".")
                    .collect(Collectors.joining(" ")));
        }
        List<StepName> notTaken = result.unwatched().notHandedOver();
        if (!notTaken.isEmpty()) {
            throw new RefusedException(
                    "Step '" + notTaken.get(0) + "': its output's place holds somebody else's result. Set"
                            + " \"overwrite\": true in its output, or choose another uri.");
        }
    }
}
