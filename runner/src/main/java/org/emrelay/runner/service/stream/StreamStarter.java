package org.emrelay.runner.service.stream;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.model.StreamDefinition.Limits;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.StreamEndReport;
import org.emrelay.runner.report.StreamFigures;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.InterruptHooks;
import org.emrelay.runner.service.StreamPlatform;
import org.emrelay.runner.stream.Checkpoint;
import org.emrelay.runner.stream.Counts;
import org.emrelay.runner.stream.CreatedStream;
import org.emrelay.runner.stream.LockedStream;
import org.emrelay.runner.stream.PostFilter;
import org.emrelay.runner.stream.PostSource;
import org.emrelay.runner.stream.Pump;
import org.emrelay.runner.stream.SourcePrice;
import org.emrelay.runner.stream.SourceStatus;
import org.emrelay.runner.stream.StatusListener;
import org.emrelay.runner.stream.StreamEnd;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.StreamFolder;
import org.emrelay.runner.stream.Ticker;
import org.jspecify.annotations.Nullable;

/** Runs a stream until it ends or is stopped. */
public final class StreamStarter {
    private final Application app;
    private final StreamDefinition stream;
    private final StreamFolder folder;
    private final Clock clock;

    public StreamStarter(Application app, StreamDefinition stream) {
        this.app = app;
        this.stream = stream;
        this.folder = StreamFolder.of(app.workspace(), stream.name());
        this.clock = app.context().clock();
    }

    /**
     * Starts the stream, and returns when it ends.
     *
     * @param requested the platform of a new stream; null for the platform of an existing stream
     * @param limits the limits of the file, unless the command line overrides them
     */
    public ExitCode start(Path file, @Nullable ClusterPlatform requested, Limits limits, CommandOutput output)
            throws IOException, InterruptedException {
        app.openWorkspace();
        CreatedStream created = folder.exists() ? CreatedStream.read(folder) : create(file, requested);
        if (!created.isFinished() && StreamPlatforms.of(app, created).streams().isFree()) {
            created = create(file, StreamPlatforms.of(app, created));
        } else if (!created.isFinished()) {
            throw CommandFailure.refused(
                    "The creation of stream '" + stream.name() + "' did not finish. Create it again: "
                            + app.context()
                                    .command()
                                    .action("create_stream", "-stream", file.toString(), "-t", created.platform()));
        }
        ClusterPlatform platform = platform(created, requested);
        requireSameSource(created);
        try (LockedStream locked = folder.lock(app.context().processes().current(), clock.instant());
                InterruptHooks interrupts = new InterruptHooks()) {
            Checkpoint before = folder.readCheckpoint();
            StreamEnd end = new RunRecorder(app, locked).record(() -> {
                try (PostSource source = new StreamSources(app).open(stream, before.position());
                        StreamPlatform.OpenSink sink = platform.streams().open(app, stream, folder)) {
                    return run(new Stages(source, sink, locked), before, limits, interrupts);
                } finally {
                    app.progress().clear();
                }
            });
            Counts total = folder.readCheckpoint().counts();
            output.print(new StreamEndReport(
                    stream.name(),
                    end,
                    total.minus(before.counts()),
                    total,
                    created.posts(),
                    "Read it in a pipeline: -p posts=stream:" + stream.name()));
        }
        return ExitCode.DONE;
    }

    private record Stages(PostSource source, StreamPlatform.OpenSink sink, LockedStream locked) {}

    private StreamEnd run(Stages stages, Checkpoint before, Limits limits, InterruptHooks interrupts)
            throws InterruptedException {
        BigDecimal price = SourcePrice.perPost(stream.source());
        Pump pump = new Pump(
                new Pump.Stages(
                        stages.source(),
                        PostFilter.of(stream.track(), stream.languages()),
                        stages.sink().sink(),
                        stages.locked()),
                before,
                limits,
                price.signum() == 0 ? null : price.doubleValue(),
                listener(stages),
                clock,
                Ticker.system());
        interrupts.end(() -> pump.stop(StreamEnd.INTERRUPTED), Thread.currentThread());
        StreamEnd end = pump.run();
        if (stages.source().status().isNeverConnected()) {
            reportNeverConnected(stages.source().status(), end);
        }
        return end;
    }

    /** After an interrupt, the process ends before it prints an exception. */
    private void reportNeverConnected(SourceStatus source, StreamEnd end) {
        String message =
                "Stream " + stream.name() + " was never connected to its source in this run, and read no posts ("
                        + source.problem() + "). Check the network, and \"url\" in the stream file.";
        if (end != StreamEnd.INTERRUPTED) {
            throw new StreamException(message);
        }
        app.progress().warn(message);
    }

    private StatusListener listener(Stages stages) {
        return status -> {
            try {
                stages.locked().writeStatus(status);
            } catch (IOException unwritable) {
                // The next write may succeed, and the stream needs only the checkpoint.
            }
            app.progress()
                    .status(StreamFigures.line(
                            status,
                            stages.sink().cost().orElse(null),
                            stages.sink().detail()));
        };
    }

    private CreatedStream create(Path file, @Nullable ClusterPlatform requested) throws IOException {
        ClusterPlatform platform =
                requested == null ? app.context().platforms().all().get(0) : requested;
        if (!platform.streams().isFree()) {
            throw CommandFailure.usage("Stream '" + stream.name() + "' does not exist. Create it first: "
                    + app.context()
                            .command()
                            .action(
                                    "create_stream",
                                    "-stream",
                                    file.toString(),
                                    "-t",
                                    platform.label().key()));
        }
        return new StreamCreator(app, platform).create(new StreamPlatform.Request(stream, file, null), folder, false);
    }

    private ClusterPlatform platform(CreatedStream created, @Nullable ClusterPlatform requested) {
        if (requested != null && !requested.label().key().equals(created.platform())) {
            throw CommandFailure.refused("Stream '" + stream.name() + "' was created with -t " + created.platform()
                    + ". Omit -t, or give the other stream another name.");
        }
        return StreamPlatforms.of(app, created);
    }

    /** A position is valid only for its own source. */
    private void requireSameSource(CreatedStream created) {
        String source = CreatedStream.identity(stream.source());
        if (!source.equals(created.source())) {
            throw CommandFailure.refused("The source of stream '" + stream.name() + "' was " + created.source()
                    + " and is now " + source + ", so its saved position is not valid. Give the stream another name,"
                    + " or delete it first: "
                    + app.context().command().action("delete_stream", "--name", stream.name()));
        }
    }

    /** The limits of the file, unless the command line overrides them. */
    public static Limits limits(Limits file, @Nullable Long posts, @Nullable Duration duration) {
        return new Limits(
                posts == null ? file.posts() : posts, duration == null ? file.duration() : duration, file.cost());
    }
}
