package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.report.Progress;

/** The composition root: builds what one command needs from its context, workspace directory and AWS overrides. */
public final class Application {
    private final RunnerContext context;
    private final Path workspace;
    private final AwsOverrides aws;

    /** @param workspace a path as given on the command line */
    public Application(RunnerContext context, Path workspace, AwsOverrides aws) {
        this.context = Objects.requireNonNull(context, "context");
        this.workspace = context.resolve(workspace);
        this.aws = Objects.requireNonNull(aws, "aws");
    }

    RunnerContext context() {
        return context;
    }

    AwsOverrides awsOverrides() {
        return aws;
    }

    AwsContext aws() {
        AwsSettings settings = new AwsSettings(
                aws.region(),
                aws.profile(),
                aws.endpointUrl() == null ? null : AwsSettings.endpoint("--endpoint-url", aws.endpointUrl()),
                context.environment());
        return new AwsContext(
                new AwsClients(settings), new AwsRetry(context.clock(), context.sleeper(), context.random()));
    }

    EmrClusters emrClusters() {
        return emrClusters(aws(), context.progress());
    }

    EmrClusters emrClusters(AwsContext client, Progress progress) {
        return new EmrClusters(client, workspace, context.random(), progress);
    }

    WorkspaceIdentity identity() {
        return new WorkspaceIdentity(workspace);
    }

    /** Opens the local workspace, creating it if necessary. */
    LocalSession localSession() throws IOException {
        return new LocalSession(context, LocalWorkspace.open(localDirectory()));
    }

    /** Opens the local workspace, which must exist. */
    LocalSession existingLocalSession() throws IOException {
        Path directory = localDirectory();
        if (!Files.exists(directory)) {
            throw CommandFailure.usage("Workspace " + directory
                    + " does not exist: nothing has run here yet. Use --workspace DIR for another workspace.");
        }
        return new LocalSession(context, LocalWorkspace.open(directory));
    }

    /** The local clusters; none where the workspace does not exist. */
    List<LocalCluster> localClusters() throws IOException {
        return Files.exists(localDirectory()) ? localSession().clusters().list() : List.of();
    }

    private Path localDirectory() {
        if (Files.exists(workspace) && !Files.isDirectory(workspace)) {
            throw CommandFailure.usage(
                    "--workspace " + workspace + " is a file. A workspace is a directory: name another one.");
        }
        return workspace;
    }
}
