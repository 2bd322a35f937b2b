package org.emrelay.runner.cli;

import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.EmrClusters;

/** Puts a command's dealings with AWS together: its options, the world that it runs in, and its workspace. */
final class EmrAccess {
    private EmrAccess() {}

    static EmrClusters clusters(CliContext world, CommonOptions common, AwsOptions options) {
        return new EmrClusters(
                aws(world, options), world.resolve(common.workspace), world.random(), world.progress()::say);
    }

    static AwsContext aws(CliContext world, AwsOptions options) {
        AwsSettings settings = new AwsSettings(
                options.region,
                options.profile,
                options.endpoint == null ? null : AwsSettings.endpoint("--endpoint-url", options.endpoint),
                world.environment());
        return new AwsContext(new AwsClients(settings), new AwsRetry(world.clock(), world.sleeper(), world.random()));
    }

    static WorkspaceIdentity identity(CliContext world, CommonOptions common) {
        return new WorkspaceIdentity(world.resolve(common.workspace));
    }
}
