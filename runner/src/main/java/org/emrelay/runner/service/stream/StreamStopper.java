package org.emrelay.runner.service.stream;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.platform.ProcessLiveness.Identity;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.stream.StreamFolder;
import org.emrelay.runner.stream.StreamHolder;

/** Asks the process that runs a stream to stop, and waits until it has. */
public final class StreamStopper {
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Application app;

    public StreamStopper(Application app) {
        this.app = app;
    }

    public ExitCode stop(StreamFolder folder, CommandOutput output) throws IOException, InterruptedException {
        Optional<StreamHolder> running = folder.holder();
        if (running.isEmpty()) {
            app.progress().notice("Stream " + folder.name() + " is not running.");
        } else {
            await(folder, running.get());
        }
        output.print(new StreamViewer(app).report(folder));
        return ExitCode.DONE;
    }

    private void await(StreamFolder folder, StreamHolder holder) throws IOException, InterruptedException {
        folder.requestStop(holder);
        Identity process = holder.process();
        Instant start = app.context().clock().instant();
        while (folder.holder().filter(holder::equals).isPresent()) {
            if (Duration.between(start, app.context().clock().instant()).compareTo(TIMEOUT) > 0) {
                throw CommandFailure.platform("Stream " + folder.name() + " has not stopped within "
                        + TIMEOUT.toMinutes() + " minutes: process " + process.pid() + " on " + process.host()
                        + " may be stuck. Check its output. As a last resort, kill it: posts that are not"
                        + " kept are read again.");
            }
            app.progress().status("Waiting for process " + process.pid() + " on " + process.host() + " to stop");
            app.context().sleeper().sleep(INTERVAL);
        }
        app.progress().clear();
    }
}
