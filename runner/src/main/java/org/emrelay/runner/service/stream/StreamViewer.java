package org.emrelay.runner.service.stream;

import java.io.IOException;
import org.emrelay.runner.report.StreamStatusReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.stream.CreatedStream;
import org.emrelay.runner.stream.StreamFolder;

/** Reports the status of a stream. */
public final class StreamViewer {
    private final Application app;

    public StreamViewer(Application app) {
        this.app = app;
    }

    public StreamStatusReport report(StreamFolder folder) throws IOException {
        CreatedStream created = CreatedStream.read(folder);
        return new StreamStatusReport(
                folder.name(),
                created,
                folder.holder().orElse(null),
                folder.readCheckpoint(),
                folder.readStatus().orElse(null),
                StreamPlatforms.of(app, created).streams().delivery(app, folder).orElse(null),
                app.context().clock().instant());
    }
}
