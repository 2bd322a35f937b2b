package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Waits for lines in the logs of other processes by polling. */
final class LogText {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private LogText() {}

    /** Waits for the first complete line with this prefix. */
    static String awaitLine(Path log, String prefix) throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            String text = Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
            Optional<String> line = text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(candidate -> candidate.startsWith(prefix))
                    .findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no line in " + log + " starts with " + prefix);
    }
}
