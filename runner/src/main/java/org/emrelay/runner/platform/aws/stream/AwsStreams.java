package org.emrelay.runner.platform.aws.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.CallerIdentity;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.CreationException;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.StreamNames;
import org.emrelay.runner.platform.aws.resource.StreamOwner;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.jspecify.annotations.Nullable;

/** Creates, describes and deletes the streams of one workspace directory on AWS. */
public final class AwsStreams implements AutoCloseable {
    private static final int MAX_ERRORS = 5;
    private static final Duration ERRORS_SINCE = Duration.ofHours(24);

    private final AwsContext aws;
    private final WorkspaceIdentity identity;
    private final RandomGenerator random;
    private final Notices notices;
    private final RunnerCommand command;

    /**
     * Makes no AWS call yet.
     *
     * @param workspace the directory that stores the workspace ID and the resource journals
     */
    public AwsStreams(AwsContext aws, Path workspace, RandomGenerator random, Notices notices, RunnerCommand command) {
        this.aws = aws;
        this.identity = new WorkspaceIdentity(workspace);
        this.random = random;
        this.notices = notices;
        this.command = command;
    }

    /** The resources of a stream before anything is known about the account. */
    public static StreamResources planned(StreamDefinition stream, StreamOptions options) {
        return new StreamResources(stream, options, AwsScope.PLACEHOLDERS, null);
    }

    /**
     * Creates a stream's resources and waits until Firehose accepts records. A failure rolls back what was created.
     *
     * @param keep whether to skip the rollback, so that the resources can be inspected
     */
    public StreamDescription create(StreamDefinition stream, StreamOptions options, boolean keep) throws IOException {
        aws.clients().prewarmStreams();
        StreamOwner owner = new StreamOwner(identity.findOrCreateId(random), stream.name());
        try (ResourceJournal journal = openJournal(stream.name())) {
            StreamNames names = aws.names(owner, aws.accountId());
            ExistingStream existing = new StreamDiscovery(aws, names, journal).find();
            existing.delivery().ifPresent(found -> {
                throw exists(found);
            });
            StreamFindings findings = new StreamPreflight(aws, stream, options, names).run(() -> existing, null);
            findings.warnings().forEach(notices::warn);
            if (!findings.errors().isEmpty()) {
                throw new CreationException(String.join("\n", findings.errors()) + "\nNothing was created.", null);
            }
            StreamResources resources = new StreamResources(stream, options, names.scope(), findings.bucketKey());
            journal.recordCreation(String.format("%08x", random.nextInt()));
            try {
                return new StreamProvisioner(aws, resources, journal, notices).create();
            } catch (RuntimeException failure) {
                throw new StreamRollback(aws, names, journal, notices, deleteCommand(stream.name()))
                        .rollBack(failure, keep, existing.bucket());
            }
        }
    }

    private RefusedException exists(StreamDescription found) {
        return new RefusedException("A stream named '" + found.name() + "' already exists: delivery stream "
                + found.deliveryStream() + " is " + found.state() + ". Start it, choose another name, or delete it: "
                + deleteCommand(found.name()));
    }

    private String deleteCommand(String name) {
        return command.action("delete_stream", "--name", name);
    }

    /** Runs the preflight checks, and simulates the caller's permissions. Read-only. */
    public StreamFindings check(StreamDefinition stream, StreamOptions options) throws IOException {
        CallerIdentity caller = aws.callerIdentity();
        Optional<String> workspaceId = identity.findId();
        StreamNames names = aws.names(new StreamOwner(workspaceId.orElse("00000000"), stream.name()), caller.account());
        return new StreamPreflight(aws, stream, options, names)
                .run(
                        () -> workspaceId.isPresent()
                                ? new StreamDiscovery(aws, names, null).find()
                                : new ExistingStream(names, null, null, false, false, List.of()),
                        caller);
    }

    /** A stream's delivery stream with its last errors; empty if there is none. */
    public Optional<StreamDescription> describe(String name) throws IOException {
        Optional<String> workspaceId = identity.findId();
        if (workspaceId.isEmpty()) {
            return Optional.empty();
        }
        StreamNames names = aws.names(new StreamOwner(workspaceId.get(), name), "");
        return new DeliveryStreams(aws).find(names).map(found -> withErrors(names, found));
    }

    private StreamDescription withErrors(StreamNames names, StreamDescription found) {
        Optional<List<DeliveryError>> errors =
                new LogGroups(aws).errors(names, aws.now().minus(ERRORS_SINCE), MAX_ERRORS);
        return found.withErrors(errors.orElse(List.of()), errors.isPresent());
    }

    /**
     * Finds the existing resources of a stream.
     *
     * @param known the stream as it was created, with its bucket; null if unknown
     */
    public StreamDeletion prepareDeletion(String name, @Nullable StreamDefinition known) throws IOException {
        aws.clients().prewarmStreams();
        StreamOwner owner = new StreamOwner(identity.findOrCreateId(random), name);
        ResourceJournal journal = openJournal(name);
        try {
            StreamNames names = aws.names(owner, aws.accountId());
            ExistingStream existing = new StreamDiscovery(aws, names, journal).find();
            return new StreamDeletion(aws, existing, known, journal, notices);
        } catch (RuntimeException | Error failure) {
            journal.close();
            throw failure;
        }
    }

    /** A sink that sends posts to a delivery stream. */
    public FirehoseSink sink(StreamDescription stream) throws IOException {
        if (stream.state() != DeliveryStreamState.ACTIVE) {
            throw new RefusedException("Delivery stream " + stream.deliveryStream() + " is " + stream.state()
                    + ", but accepts posts only when ACTIVE. Wait, or create it again.");
        }
        StreamNames names = aws.names(new StreamOwner(identity.findId().orElse(""), stream.name()), "");
        return new FirehoseSink(aws, stream, new DeliveryHealth(aws, stream, names, notices), notices);
    }

    private ResourceJournal openJournal(String name) throws IOException {
        Path file = identity.streamJournalPath(aws.clients().region(), name);
        return ResourceJournal.open(file, aws.retry().clock())
                .orElseThrow(() -> new RefusedException(
                        "Another command is working on stream '" + name + "' in this workspace. Wait until it ends."));
    }

    @Override
    public void close() {
        aws.clients().close();
    }
}
