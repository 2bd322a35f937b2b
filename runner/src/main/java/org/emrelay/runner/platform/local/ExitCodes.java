package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.platform.StepOutcome;

/** Maps the exit code of an attempt's process to its outcome. */
final class ExitCodes {
    private static final int SIGINT = 130;
    private static final int SIGKILL = 137;
    private static final int SIGTERM = 143;
    private static final int SIGABRT = 134;
    private static final String INITIALIZATION_ERROR = "Error occurred during initialization of VM";
    private static final int MAX_BYTES_READ = 2_000;

    private ExitCodes() {}

    static StepOutcome outcome(int exitCode, boolean cancelled, boolean clusterMode, AttemptFolder folder) {
        // In cluster mode, YARN fails a driver that exits before main returns, whatever the exit code.
        if (exitCode == 0 && (folder.mainReturned() || !clusterMode)) {
            return new StepOutcome.Succeeded(folder.rows());
        } else if (cancelled) {
            return new StepOutcome.Cancelled();
        }
        String reason = reason(exitCode, folder);
        return exitCode == SIGINT ? new StepOutcome.Interrupted(reason) : new StepOutcome.Failed(reason);
    }

    private static String reason(int exitCode, AttemptFolder folder) {
        String reason = "exit code " + exitCode;
        return switch (exitCode) {
            case 0 ->
                reason + ": the program called System.exit(0), which fails a step on YARN; return from main instead";
            case 1 -> jvmStartFailure(folder, reason);
            case SIGKILL -> reason + ": killed (SIGKILL), possibly by the Linux OOM killer";
            case SIGTERM -> reason + ": terminated (SIGTERM)";
            case SIGABRT -> reason + ": the JVM crashed, see " + folder.crashReport();
            default -> reason;
        };
    }

    private static String jvmStartFailure(AttemptFolder folder, String reason) {
        for (Path log : List.of(folder.stdout(), folder.stderr())) {
            List<String> lines = head(log).lines().toList();
            if (lines.size() > 1 && lines.get(0).equals(INITIALIZATION_ERROR)) {
                return reason + ": the JVM did not start: " + lines.get(1);
            }
        }
        return reason;
    }

    private static String head(Path file) {
        try (var stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(MAX_BYTES_READ), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
