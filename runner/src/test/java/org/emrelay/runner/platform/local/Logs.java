package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Follows the logs of other processes, which no event announces. */
final class Logs {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Logs() {}

    /** The first whole line that begins so, as soon as it is there. */
    static String awaitLine(Path log, String beginning) throws IOException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline) {
            String text = Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
            Optional<String> line = text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(candidate -> candidate.startsWith(beginning))
                    .findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no line in " + log + " begins with " + beginning);
    }
}
