package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.platform.StepOutcome;

/** Reads the outcome of an attempt off its process's exit code. */
final class ExitCodes {
    private static final int KILLED = 137;
    private static final int TERMINATED = 143;
    private static final int ABORTED = 134;
    private static final String STILLBORN = "Error occurred during initialization of VM";
    private static final int BEGINNING_BYTES = 2_000;

    private ExitCodes() {}

    static StepOutcome outcome(int exitCode, boolean cancelled, AttemptFolder folder) {
        if (exitCode == 0) {
            return new StepOutcome.Succeeded(folder.rows());
        } else if (cancelled) {
            return new StepOutcome.Cancelled();
        }
        return new StepOutcome.Failed(reason(exitCode, folder));
    }

    private static String reason(int exitCode, AttemptFolder folder) {
        String reason = "exit code " + exitCode;
        return switch (exitCode) {
            case 1 -> whyItNeverStarted(folder, reason);
            case KILLED -> reason + ": it was killed from outside, as Linux does when memory runs out";
            case TERMINATED -> reason + ": it was terminated from outside";
            case ABORTED -> reason + ": its JVM crashed, see " + folder.crashReport();
            default -> reason;
        };
    }

    private static String whyItNeverStarted(AttemptFolder folder, String otherwise) {
        for (Path log : List.of(folder.stdout(), folder.stderr())) {
            List<String> lines = beginning(log).lines().toList();
            if (lines.size() > 1 && lines.get(0).equals(STILLBORN)) {
                return otherwise + ": its JVM did not start: " + lines.get(1);
            }
        }
        return otherwise;
    }

    private static String beginning(Path file) {
        try (var stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(BEGINNING_BYTES), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
