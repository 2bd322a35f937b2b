package org.emrelay.runner.service.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.DeletionReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.Confirmation;
import org.emrelay.runner.service.StreamPlatform;
import org.emrelay.runner.stream.Checkpoint;
import org.emrelay.runner.stream.CorruptStreamException;
import org.emrelay.runner.stream.CreatedStream;
import org.emrelay.runner.stream.LockedStream;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.StreamFolder;

/** Deletes streams: their resources, their position, and on request their posts. */
public final class StreamEraser {
    private final Application app;

    public StreamEraser(Application app) {
        this.app = app;
    }

    /**
     * What to delete.
     *
     * @param posts whether to delete the posts too
     * @param keepRules whether to leave the rules of the stream on X
     * @param confirmed whether to skip the confirmation
     */
    public record Options(boolean posts, boolean keepRules, boolean confirmed) {}

    /** Deletes a stream that is not running. */
    public ExitCode delete(StreamFolder folder, Options options, CommandOutput output)
            throws IOException, InterruptedException {
        app.openWorkspace();
        CreatedStream created = CreatedStream.read(folder);
        StreamPlatform platform = StreamPlatforms.of(app, created).streams();
        try (LockedStream locked = folder.lock(
                        app.context().processes().current(),
                        app.context().clock().instant());
                StreamPlatform.Removal removal =
                        platform.prepareDeletion(app, folder, checkpoint(folder), options.posts())) {
            new Confirmation(app.context(), options.confirmed())
                    .require("Delete stream " + folder.name() + ": " + removal.summary() + "?");
            if (!options.keepRules() && folder.wasStarted() && StreamSources.isRemote(created)) {
                deleteRemote(created, folder);
            }
            StreamPlatform.Deleted deleted = removal.execute();
            List<String> removed = new ArrayList<>(deleted.removed());
            if (deleted.failures().isEmpty()) {
                locked.deleteFolder();
                removed.add("stream " + folder.name());
            }
            deleted.failures().forEach(app.progress()::warn);
            output.print(new DeletionReport(
                    Map.of("stream", folder.name()),
                    removed,
                    deleted.kept(),
                    deleted.failures(),
                    "Stream " + folder.name() + " was already deleted."));
            return deleted.failures().isEmpty() ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
        }
    }

    /** What is deleted need not be intact. */
    private Checkpoint checkpoint(StreamFolder folder) throws IOException {
        try {
            return folder.readCheckpoint();
        } catch (CorruptStreamException damaged) {
            app.progress().warn(damaged.message());
            return Checkpoint.NONE;
        }
    }

    /** Without its record, nothing could delete what is left on the servers of the source. */
    private void deleteRemote(CreatedStream created, StreamFolder folder) throws InterruptedException {
        try {
            new StreamSources(app).deleteRemote(created, folder.name());
        } catch (StreamException failure) {
            throw CommandFailure.platform("Stream " + folder.name() + " is kept, because its rules may still be on X. "
                    + failure.message() + " Then repeat "
                    + app.context().command().action("delete_stream", "--name", folder.name())
                    + ", or add --keep-rules: rules cost nothing without a connection.");
        }
    }
}
