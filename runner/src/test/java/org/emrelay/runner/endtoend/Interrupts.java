package org.emrelay.runner.endtoend;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a build that runs in the background of a shell without job control hands down: there Ctrl-C is ignored, by all that it starts. */
final class Interrupts {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    private static final int SIGINT_BIT = 1;

    private Interrupts() {}

    /** What has to stand before a command so that it hears of Ctrl-C. */
    static List<String> thatReach() throws IOException {
        return areIgnoredHere() ? List.of("env", "--default-signal=INT") : List.of();
    }

    private static boolean areIgnoredHere() throws IOException {
        return Files.exists(STATUS)
                && Files.readAllLines(STATUS).stream()
                        .filter(line -> line.startsWith(IGNORED))
                        .map(line ->
                                new BigInteger(line.substring(IGNORED.length()).strip(), 16))
                        .anyMatch(ignored -> ignored.testBit(SIGINT_BIT));
    }
}
