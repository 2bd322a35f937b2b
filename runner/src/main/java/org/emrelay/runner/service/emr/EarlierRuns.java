package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.s3.S3Workspace;
import org.emrelay.runner.platform.emr.spec.ClusterResources;
import org.emrelay.runner.platform.emr.spec.DefaultKeys;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Reuse;
import org.emrelay.runner.run.RunPreview;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.SharedJournals;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.LocalRunDigests;
import org.emrelay.runner.service.ResumeRequest;
import org.emrelay.runner.service.Runs;

/** The runs in the bucket of a cluster that does not exist yet: earlier clusters of that name have left them. */
record EarlierRuns(Application app, AwsContext aws, Cluster cluster, String name) {

    /** What a new run would do with each step, and whether it can. Creates nothing. */
    RunPreview preview(ExecutionPlan plan, Selection selection, ResumeRequest resume) throws IOException {
        Optional<Runs> runs = runs();
        if (runs.isEmpty()) {
            return RunPreview.withoutEarlierRuns(plan, selection);
        }
        try {
            Reuse reuse = resume.resolve(runs.get(), selection, notice -> {});
            return runs.get().preview(plan, selection, reuse);
        } catch (AwsException fault) {
            if (fault.is(Kind.NOT_FOUND)) {
                return RunPreview.withoutEarlierRuns(plan, selection);
            }
            throw fault;
        }
    }

    /** The last runs of the pipeline, newest first. */
    List<RecordedRun> newest() throws IOException {
        Optional<Runs> runs = runs();
        try {
            return runs.isEmpty() ? List.of() : runs.get().newest(name);
        } catch (AwsException fault) {
            if (fault.is(Kind.NOT_FOUND)) {
                return List.of();
            }
            throw fault;
        }
    }

    /** Empty if this workspace has never created a cluster. */
    private Optional<Runs> runs() throws IOException {
        Optional<String> id = EmrClusterPlatform.identity(app).findId();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        ClusterResources resources = new ClusterResources(
                cluster,
                name,
                aws.names(new OwnerTags(id.get(), name), aws.accountId()).scope(),
                DefaultKeys.NONE);
        S3Workspace workspace =
                new S3Workspace(aws, resources.bucketName(), resources.keyPrefix(), app.progress(), app.progress());
        return Optional.of(new Runs(
                app.context(),
                workspace,
                new SharedJournals(workspace.versionedStore(), workspace::uri),
                new LocalRunDigests(app),
                null));
    }
}
