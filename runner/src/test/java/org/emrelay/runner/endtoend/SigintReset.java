package org.emrelay.runner.endtoend;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Restores the default handling of SIGINT in child processes. A shell without job control starts background
 * commands with SIGINT ignored, and every child process inherits that.
 */
final class SigintReset {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    private static final int SIGINT_BIT = 1;

    private SigintReset() {}

    /** The prefix that makes a command receive SIGINT. */
    static List<String> commandPrefix() throws IOException {
        return isSigintIgnored() ? List.of("env", "--default-signal=INT") : List.of();
    }

    private static boolean isSigintIgnored() throws IOException {
        return Files.exists(STATUS)
                && Files.readAllLines(STATUS).stream()
                        .filter(line -> line.startsWith(IGNORED))
                        .map(line ->
                                new BigInteger(line.substring(IGNORED.length()).strip(), 16))
                        .anyMatch(ignored -> ignored.testBit(SIGINT_BIT));
    }
}
