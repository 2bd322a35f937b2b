package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.iam.BucketAccessGrants;
import org.emrelay.runner.platform.aws.s3.S3Workspace;
import org.emrelay.runner.platform.emr.provision.InitialSteps;
import org.emrelay.runner.platform.emr.spec.ClusterResources;
import org.emrelay.runner.platform.emr.spec.PlanAccess;
import org.emrelay.runner.platform.emr.steps.StepConfigs;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.run.CorruptRunException;
import org.emrelay.runner.run.Event.StepFailed;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunDigests;
import org.emrelay.runner.run.RunLockedException;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.SharedJournals;
import org.emrelay.runner.run.StepPhase;
import org.emrelay.runner.run.UnattendedRun;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.FileErrors;
import org.emrelay.runner.service.LocalRunDigests;
import org.emrelay.runner.service.ResumeRequest;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.Runs;
import org.jspecify.annotations.Nullable;

/** A run whose steps are submitted with RunJobFlow: they run, and the cluster terminates, without a runner. */
final class RunJobFlowSteps implements InitialSteps {
    private final RunnerContext context;
    private final RunDigests digests;
    private final AwsContext aws;
    private final ExecutionPlan plan;
    private final ResumeRequest resume;
    private final Progress progress;
    private @Nullable Runs runs;
    private @Nullable Run run;

    RunJobFlowSteps(Application app, AwsContext aws, ExecutionPlan plan, ResumeRequest resume, Progress progress) {
        this.context = app.context();
        this.digests = new LocalRunDigests(app);
        this.aws = aws;
        this.plan = plan;
        this.resume = resume;
        this.progress = progress;
    }

    /** Whether EMR alone can execute the plan: steps in sequence, without retries and timeouts. */
    static boolean canTake(ExecutionPlan plan, Selection selection, Cluster cluster) {
        return selection.isNone()
                && plan.isChain()
                && plan.steps().size() <= StepConfigs.RUN_JOB_FLOW.maxActive()
                && cluster.lifecycle().stepConcurrency() == 1
                && !cluster.lifecycle().terminationProtected()
                && plan.steps().stream().filter(PlannedStep::runs).allMatch(RunJobFlowSteps::isSimple);
    }

    private static boolean isSimple(PlannedStep step) {
        FailurePolicy policy = step.failurePolicy();
        return policy.retries() == 0 && policy.timeout() == null;
    }

    /** The provisional id of a cluster that EMR has not assigned one yet. */
    static ClusterId provisionalId(String creation) {
        return new ClusterId("j-" + creation);
    }

    /** The run, once its cluster was requested. */
    Run run() {
        return Objects.requireNonNull(run, "no cluster was requested yet");
    }

    @Override
    public List<Map<String, Object>> prepare(ClusterResources resources, String creation) {
        S3Workspace workspace = new S3Workspace(aws, resources.bucketName(), resources.keyPrefix(), progress, progress);
        try {
            return submit(workspace, resources, provisionalId(creation));
        } catch (FileSystemException failure) {
            throw new RefusedException(FileErrors.sentence(failure));
        } catch (IOException | CorruptRunException | RunLockedException failure) {
            throw new RefusedException("Cannot prepare the steps: " + failure.getMessage());
        } finally {
            progress.clear();
        }
    }

    @Override
    public void move(String creation) {
        try {
            run = Objects.requireNonNull(runs).moved(run(), provisionalId(creation));
        } catch (IOException failure) {
            throw new RefusedException("Cannot prepare the steps: " + failure.getMessage());
        }
    }

    private List<Map<String, Object>> submit(S3Workspace workspace, ClusterResources resources, ClusterId cluster)
            throws IOException {
        SharedJournals journals = new SharedJournals(workspace.versionedStore(), workspace::uri);
        runs = new Runs(context, workspace, journals, digests, null);
        Run added = runs.add(plan, cluster, resume.resolve(runs, Selection.NONE, progress));
        new BucketAccessGrants(aws, progress)
                .grant(resources.names(), PlanAccess.of(plan, workspace.name()).accesses());
        UnattendedRun unattended =
                UnattendedRun.prepare(added, workspace, StepConfigs.RUN_JOB_FLOW, journals, context.clock(), progress);
        requireAllSubmitted(unattended);
        run = added;
        return StepConfigs.forRunJobFlow(added.id(), unattended.requests());
    }

    /** A step that is not in the request can never be added: the cluster terminates after its last step. */
    private static void requireAllSubmitted(UnattendedRun unattended) {
        Stream<String> refusals = unattended.refusals().stream().map(StepFailed::sentence);
        Stream<String> failures = unattended.state().steps().entrySet().stream()
                .filter(step -> step.getValue().phase() == StepPhase.FAILED)
                .map(step -> "Step '" + step.getKey() + "': " + step.getValue().reason() + ".");
        String problems = (unattended.refusals().isEmpty() ? failures : refusals).collect(Collectors.joining(" "));
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
    }
}
