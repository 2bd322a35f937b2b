package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import org.emrelay.runner.platform.aws.price.PriceSource;
import org.emrelay.runner.platform.aws.pricelist.PriceLookup;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Verbosity;
import org.jspecify.annotations.Nullable;

/** What one command works on: its context, the workspace directory and the AWS account. Holds the workspace's lock until closed. */
public final class Application implements AutoCloseable {
    private final RunnerContext context;
    private final String action;
    private static final Path DEFAULT_WORKSPACE = Path.of(".runner");

    private final Path workspace;
    private final boolean isWorkspaceNamed;
    private final AwsOverrides aws;
    private final Progress progress;
    private final Instant started;
    private final PriceLookup prices;
    private @Nullable LocalWorkspace opened;
    private @Nullable WorkspaceLock lock;

    /**
     * @param action the command's action, for messages to others
     * @param workspace a path as given on the command line; null for the default
     */
    public Application(
            RunnerContext context, String action, @Nullable Path workspace, AwsOverrides aws, Verbosity verbosity) {
        this.context = Objects.requireNonNull(context, "context");
        this.action = Objects.requireNonNull(action, "action");
        this.workspace = workspace(context, workspace);
        this.isWorkspaceNamed = workspace != null;
        this.aws = Objects.requireNonNull(aws, "aws");
        RunnerContext.Terminal terminal = context.terminal();
        this.started = context.clock().instant();
        this.progress =
                new Progress(context.err(), context.clock(), terminal.live() ? terminal.size() : null, verbosity);
        this.prices = new PriceLookup(this::aws, progress);
    }

    /** The workspace directory for a path as given on the command line; null for the default. */
    public static Path workspace(RunnerContext context, @Nullable Path given) {
        return context.resolve(given == null ? DEFAULT_WORKSPACE : given);
    }

    public RunnerContext context() {
        return context;
    }

    /** The workspace directory; it may not exist yet. */
    public Path workspace() {
        return workspace;
    }

    /** Opens the workspace; a directory that does not exist yet is made. From then on, no other process deletes it. */
    public LocalWorkspace openWorkspace() throws IOException {
        LocalWorkspace local = opened;
        if (local == null) {
            if (Files.exists(workspace) && !Files.isDirectory(workspace)) {
                throw CommandFailure.usage(
                        "--workspace " + workspace + " is a file. A workspace is a directory: name another one.");
            }
            local = LocalWorkspace.open(workspace, isWorkspaceNamed);
            lock = WorkspaceLock.acquire(local, action, context.clock().instant());
            opened = local;
        }
        return local;
    }

    /** The lock of the workspace, which others share until this command needs more. */
    public WorkspaceLock lock() throws IOException {
        openWorkspace();
        return Objects.requireNonNull(lock, "opened");
    }

    /** Opens the workspace; empty if it does not exist. */
    public Optional<LocalWorkspace> findWorkspace() throws IOException {
        return opened != null || Files.exists(workspace) ? Optional.of(openWorkspace()) : Optional.empty();
    }

    public Progress progress() {
        return progress;
    }

    /** How long the command has been running. */
    public Duration elapsed() {
        return Duration.between(started, context.clock().instant());
    }

    public AwsOverrides awsOverrides() {
        return aws;
    }

    /** Makes no AWS call yet. */
    public AwsContext aws() {
        AwsSettings settings = new AwsSettings(
                aws.region(),
                aws.profile(),
                aws.endpointUrl() == null ? null : AwsSettings.endpoint("--endpoint-url", aws.endpointUrl()),
                context.environment());
        return new AwsContext(
                new AwsClients(settings), new AwsRetry(context.clock(), context.sleeper(), context.random()));
    }

    /** The prices of the region. They are looked up when the first one is needed. */
    public PriceSource prices() {
        return prices;
    }

    @Override
    public void close() throws IOException {
        prices.close();
        if (lock != null) {
            lock.close();
        }
    }
}
