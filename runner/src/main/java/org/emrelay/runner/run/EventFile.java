package org.emrelay.runner.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.emrelay.runner.platform.Notices;

/** Writes the events of an execution to a file of the user's choice, which other programs may follow: one JSON object per line. */
public final class EventFile implements RunListener, AutoCloseable {
    private final Path file;
    private final Writer writer;
    private final Notices notices;
    private boolean failed;

    /** Appends to the file: it may be a pipe, or have the events of other runs. */
    public EventFile(Path file, Notices notices) throws IOException {
        this.file = file;
        this.writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.notices = notices;
    }

    /** The file is only a copy of the journal: a failure to write it does not stop the run. */
    @Override
    public void recorded(Event event, RunState state) {
        if (failed) {
            return;
        }
        try {
            writer.write(EventJson.write(event) + "\n");
            writer.flush();
        } catch (IOException failure) {
            failed = true;
            notices.warn("No more events are written to " + file + ": " + failure.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
