package org.emrelay.runner.service.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.parse.StreamFileReader;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.DeletionReport;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.Confirmation;
import org.emrelay.runner.service.StreamPlatform;
import org.emrelay.runner.stream.Checkpoint;
import org.emrelay.runner.stream.CorruptStreamException;
import org.emrelay.runner.stream.CreatedStream;
import org.emrelay.runner.stream.LockedStream;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.StreamFolder;
import org.emrelay.runner.stream.source.XSource;

/** Deletes streams: their resources, their position, and on request their posts. */
public final class StreamEraser {
    private static final String X = "x";

    private final Application app;

    public StreamEraser(Application app) {
        this.app = app;
    }

    /**
     * Deletes a stream that is not running.
     *
     * @param confirmed whether to skip the confirmation
     */
    public ExitCode delete(StreamFolder folder, boolean deletePosts, boolean confirmed, CommandOutput output)
            throws IOException, InterruptedException {
        app.openWorkspace();
        CreatedStream created = CreatedStream.read(folder);
        StreamPlatform platform = StreamPlatforms.of(app, created).streams();
        try (LockedStream locked = folder.lock(
                        app.context().processes().current(),
                        app.context().clock().instant());
                StreamPlatform.Removal removal =
                        platform.prepareDeletion(app, folder, checkpoint(folder), deletePosts)) {
            new Confirmation(app.context(), confirmed)
                    .require("Delete stream " + folder.name() + ": " + removal.summary() + "?");
            deleteRules(created, folder.name());
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

    /** Deletes the rules of a stream from X. Without rules, X sends no posts and charges nothing. */
    private void deleteRules(CreatedStream created, String name) throws InterruptedException {
        if (!created.source().equals(X)) {
            return;
        }
        Path file = Path.of(created.file());
        StreamDefinition stream = StreamFileReader.read(file, file.toString())
                .usable()
                .filter(definition -> definition.name().equals(name))
                .orElse(null);
        if (stream == null || !(stream.source() instanceof StreamSource.X source)) {
            app.progress()
                    .warn("The rules of the stream remain on X, because " + file + " is no longer its stream"
                            + " file.");
            return;
        }
        try (XSource x = XSource.open(
                name,
                source,
                stream.track(),
                stream.languages(),
                app.context().environment(),
                app.context().clock(),
                app.context().sleeper())) {
            app.progress().notice("Deleted " + Quantities.count(x.deleteRules(), "rule") + " on X.");
        } catch (StreamException refused) {
            app.progress().warn("The rules of the stream remain on X: " + refused.message());
        }
    }
}
