package org.emrelay.runner.service.stream;

import java.io.IOException;
import org.emrelay.runner.report.StreamStatusReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.stream.CreatedStream;
import org.emrelay.runner.stream.StreamFolder;
import org.emrelay.runner.stream.StreamHolder;
import org.emrelay.runner.stream.StreamRun;

/** Reports the status of a stream. */
public final class StreamViewer {
    private final Application app;

    public StreamViewer(Application app) {
        this.app = app;
    }

    public StreamStatusReport report(StreamFolder folder) throws IOException {
        CreatedStream created = CreatedStream.read(folder);
        StreamHolder holder = folder.holder().orElse(null);
        StreamRun run = folder.readRun().orElse(null);
        if (holder == null && run != null && run.end() == null) {
            // It may have started or ended in the meantime.
            holder = folder.holder().orElse(null);
            run = folder.readRun().orElse(null);
        }
        return new StreamStatusReport(
                folder.name(),
                created,
                holder,
                run,
                folder.readCheckpoint(),
                folder.readStatus().orElse(null),
                StreamPlatforms.of(app, created).streams().delivery(app, folder).orElse(null),
                app.context().clock().instant());
    }
}
