package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.emrelay.runner.diagnosis.Cause;
import org.emrelay.runner.diagnosis.CauseFinder;
import org.emrelay.runner.platform.Diagnosis;

/** Reads the two logs of an attempt for what went wrong. */
final class LogDiagnosis {

    private LogDiagnosis() {}

    /** Spark passes on all that a Python script prints, its traceback too, on stdout. */
    static Optional<Diagnosis> of(AttemptFolder folder) {
        Optional<Cause> onStderr = cause(folder.stderr());
        if (onStderr.isPresent() && !onStderr.get().liesElsewhere()) {
            return onStderr.map(cause -> diagnosis(cause, folder.stderr()));
        }
        return cause(folder.stdout())
                .map(cause -> diagnosis(cause, folder.stdout()))
                .or(() -> onStderr.map(cause -> diagnosis(cause, folder.stderr())));
    }

    private static Optional<Cause> cause(Path log) {
        // This decoder puts a mark in the place of bytes that are no UTF-8, and goes on.
        try (Reader reader = new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8)) {
            return CauseFinder.find(reader);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Diagnosis diagnosis(Cause cause, Path log) {
        String lines = cause.firstLine() == cause.lastLine()
                ? "line " + cause.firstLine()
                : "lines " + cause.firstLine() + "–" + cause.lastLine();
        return new Diagnosis(cause.message(), lines + " of " + log, cause.hint());
    }
}
