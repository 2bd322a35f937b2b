package org.emrelay.runner.service.stream;

import java.io.IOException;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.stream.LockedStream;
import org.emrelay.runner.stream.StreamEnd;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.StreamRun;
import org.jspecify.annotations.Nullable;

/** Records in the folder of a stream when a run started, and why it ended. */
final class RunRecorder {
    private final Application app;
    private final LockedStream stream;

    RunRecorder(Application app, LockedStream stream) {
        this.app = app;
        this.stream = stream;
    }

    /** A run of a stream, until its end. */
    interface Run {
        StreamEnd run() throws IOException, InterruptedException;
    }

    StreamEnd record(Run run) throws IOException, InterruptedException {
        StreamRun started = StreamRun.started(app.context().clock().instant());
        stream.saveRun(started);
        try {
            StreamEnd end = run.run();
            save(started, end, null);
            return end;
        } catch (InterruptedException interrupt) {
            save(started, StreamEnd.INTERRUPTED, null);
            throw interrupt;
        } catch (RunnerException failure) {
            save(started, StreamEnd.FAILED, failure.message());
            throw failure;
        } catch (IOException | RuntimeException | Error failure) {
            save(started, StreamEnd.FAILED, failure.toString());
            throw failure;
        }
    }

    private void save(StreamRun started, StreamEnd end, @Nullable String cause) {
        try {
            stream.saveRun(started.ended(app.context().clock().instant(), end, cause));
        } catch (StreamException unwritable) {
            app.progress().warn("The end of the stream is not recorded. " + unwritable.message());
        }
    }
}
