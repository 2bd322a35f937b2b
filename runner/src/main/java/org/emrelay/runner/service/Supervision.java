package org.emrelay.runner.service;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.run.EventFile;
import org.emrelay.runner.run.ExecutionPolicy;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.RunResult;
import org.jspecify.annotations.Nullable;

/**
 * How a command watches over the run that it executes.
 *
 * @param events a file to which each event is written; null for none
 * @param onEnd a command to start when the execution ends; empty for none
 * @param maxCost what the cluster may cost, in US dollars; null for no limit
 */
public record Supervision(
        @Nullable Path events, String onEnd, @Nullable BigDecimal maxCost) {
    public Supervision {
        Objects.requireNonNull(onEnd, "onEnd");
    }

    public ExecutionPolicy policy(InterruptPolicy onInterrupt) {
        return new ExecutionPolicy(onInterrupt, maxCost);
    }

    /** Opens the file for the events; empty if none is wanted. */
    public Optional<EventFile> openEvents(Application app) {
        if (events == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EventFile(app.context().resolve(events), app.progress()));
        } catch (FileSystemException failure) {
            throw CommandFailure.usage("--events: " + FileErrors.sentence(failure));
        } catch (IOException failure) {
            throw CommandFailure.usage("--events: cannot write to " + events + ": " + failure.getMessage());
        }
    }

    /**
     * Starts the command for the end of a run, and waits for it. Its failure is a warning: the run has ended already.
     *
     * @param page of the run; empty if it could not be written
     */
    public void end(Application app, RunResult result, Optional<Path> page) {
        if (!onEnd.isEmpty()) {
            Map<String, String> facts = Map.of(
                    "EMRELAY_RUN", result.run().value(),
                    "EMRELAY_PIPELINE", result.pipeline(),
                    "EMRELAY_STATUS", result.status().key(),
                    "EMRELAY_REPORT", page.map(Path::toString).orElse(""));
            new EndCommand(app.context(), onEnd).execute(facts).ifPresent(app.progress()::warn);
        }
    }
}
