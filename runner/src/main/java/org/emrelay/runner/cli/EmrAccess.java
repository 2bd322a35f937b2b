package org.emrelay.runner.cli;

import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.access.AwsClients;
import org.emrelay.runner.platform.emr.access.AwsSettings;
import org.emrelay.runner.platform.emr.access.Patience;
import org.emrelay.runner.platform.emr.ledger.WorkspaceIdentity;

/** Puts a command's dealings with AWS together: its options, the world that it runs in, and its workspace. */
final class EmrAccess {
    private EmrAccess() {}

    static EmrClusters clusters(World world, CommonOptions common, AwsOptions options) {
        return new EmrClusters(
                aws(world, options), world.resolve(common.workspace), world.random(), world.progress()::say);
    }

    static Aws aws(World world, AwsOptions options) {
        AwsSettings settings = new AwsSettings(
                options.region,
                options.profile,
                options.endpoint == null ? null : AwsSettings.endpoint("--endpoint-url", options.endpoint),
                world.environment());
        return new Aws(new AwsClients(settings), new Patience(world.clock(), world.sleeper(), world.random()));
    }

    static WorkspaceIdentity identity(World world, CommonOptions common) {
        return new WorkspaceIdentity(world.resolve(common.workspace));
    }
}
