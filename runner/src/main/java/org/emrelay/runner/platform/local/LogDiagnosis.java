package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.emrelay.runner.diagnosis.Cause;
import org.emrelay.runner.diagnosis.CauseFinder;
import org.emrelay.runner.diagnosis.Finding;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.SecretMask;

/** Finds the root cause of a failed attempt in its stderr and stdout. */
final class LogDiagnosis {

    private LogDiagnosis() {}

    /** Also searches stdout, because Spark redirects all output of a Python script to it, including tracebacks. */
    static Optional<Diagnosis> of(AttemptFolder folder, SecretMask secrets) {
        Optional<Finding> stderr = find(folder.stderr(), secrets);
        if (stderr.isPresent() && !stderr.get().mayBeInAnotherLog()) {
            return stderr.map(found -> diagnosis(found.cause(), folder.stderr()));
        }
        return find(folder.stdout(), secrets)
                .map(found -> diagnosis(found.cause(), folder.stdout()))
                .or(() -> stderr.map(found -> diagnosis(found.cause(), folder.stderr())));
    }

    private static Optional<Finding> find(Path log, SecretMask secrets) {
        try (InputStream text = Files.newInputStream(log)) {
            return CauseFinder.find(text, secrets::mask);
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
