package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.emrelay.runner.diagnosis.Cause;
import org.emrelay.runner.diagnosis.CauseFinder;
import org.emrelay.runner.diagnosis.Finding;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.LastOutput;

/** Finds why an attempt failed in its stderr and stdout. */
final class LogDiagnosis {
    private final List<Path> logs;
    private final UnaryOperator<String> mask;

    private LogDiagnosis(List<Path> logs, UnaryOperator<String> mask) {
        this.logs = logs;
        this.mask = mask;
    }

    /** Empty if the program printed nothing. */
    static Optional<Diagnosis> of(AttemptFolder folder, boolean isPython, UnaryOperator<String> mask) {
        List<Path> byOutput =
                isPython ? List.of(folder.stdout(), folder.stderr()) : List.of(folder.stderr(), folder.stdout());
        return new LogDiagnosis(byOutput, mask).find(folder);
    }

    private Optional<Diagnosis> find(AttemptFolder folder) {
        Optional<Finding> stderr = find(folder.stderr());
        if (stderr.isPresent() && !stderr.get().mayBeInAnotherLog()) {
            return stderr.map(found -> diagnosis(found.cause(), folder.stderr()));
        }
        // Spark redirects all output of a Python script to stdout, including tracebacks.
        return find(folder.stdout())
                .map(found -> diagnosis(found.cause(), folder.stdout()))
                .or(() -> stderr.map(found -> withOutput(diagnosis(found.cause(), folder.stderr()))))
                .or(() -> lastOutput().map(Diagnosis::ofOutput));
    }

    private Optional<Finding> find(Path log) {
        try (InputStream text = Files.newInputStream(log)) {
            return CauseFinder.find(text, mask);
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

    private Diagnosis withOutput(Diagnosis diagnosis) {
        return lastOutput().map(diagnosis::withOutput).orElse(diagnosis);
    }

    private Optional<LastOutput> lastOutput() {
        return logs.stream()
                .map(log -> new LastOutput(log.toString(), lastLines(log)))
                .filter(output -> !output.lines().isEmpty())
                .findFirst();
    }

    private List<String> lastLines(Path log) {
        try (InputStream text = Files.newInputStream(log)) {
            return CauseFinder.lastLines(text, mask);
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
