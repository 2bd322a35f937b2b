package org.emrelay.runner.platform.python;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.Notices;

/**
 * Runs uv, pip and Python, with progress, and stops them when the user interrupts the command.
 *
 * @param environment the user's, which configures the installers
 * @param interrupted whether the user has interrupted the command
 */
public record InstallerProcess(Map<String, String> environment, Notices notices, BooleanSupplier interrupted) {
    /** Variables that would change what is installed, or where. */
    private static final List<String> REMOVED = List.of(
            "PYTHONPATH",
            "PYTHONHOME",
            "VIRTUAL_ENV",
            "PIP_TARGET",
            "PIP_PREFIX",
            "PIP_USER",
            "PIP_REQUIRE_VIRTUALENV");

    private static final int MOST_LINES = 12;
    private static final int FEW_LINES = 6;
    private static final int POLL_MILLIS = 100;
    private static final int STOP_SECONDS = 5;

    public InstallerProcess {
        environment = Map.copyOf(environment);
        Objects.requireNonNull(notices, "notices");
        Objects.requireNonNull(interrupted, "interrupted");
    }

    /**
     * The output of a command that ended.
     *
     * @param text its standard output and errors
     */
    record Output(int exitCode, String text) {
        boolean isSuccess() {
            return exitCode == 0;
        }

        /** The last lines, from the last error on if there is one. */
        String lastLines() {
            List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
            int start = Math.max(0, lines.size() - FEW_LINES);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).regionMatches(true, 0, "error:", 0, "error:".length())) {
                    start = i;
                    break;
                }
            }
            return lines.subList(start, lines.size()).stream()
                    .limit(MOST_LINES)
                    .map(line -> "\n  " + line)
                    .collect(Collectors.joining());
        }
    }

    /**
     * Runs a command to its end.
     *
     * @param work what it does, for the user; empty for what takes no time
     * @param directory its working directory, which gets a file with the output
     * @throws CancellationException when the user has interrupted the command
     */
    Output run(String work, Path directory, List<String> command) throws IOException {
        Path log = Files.createTempFile(directory, "installer-", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().clear();
            builder.environment().putAll(variables());
            int exitCode = await(builder.start(), work);
            // Python prints in the encoding of the locale.
            return new Output(exitCode, new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(environment);
        REMOVED.forEach(variables::remove);
        variables.put("NO_COLOR", "1");
        variables.put("PIP_NO_INPUT", "1");
        variables.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        variables.put("PYTHONDONTWRITEBYTECODE", "1");
        return variables;
    }

    private int await(Process process, String work) {
        long start = System.nanoTime();
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (interrupted.getAsBoolean()) {
                    stop(process);
                    throw new CancellationException("interrupted: " + work);
                }
                Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
                if (!work.isEmpty() && elapsed.toSeconds() > 0) {
                    notices.status(work + " (" + elapsed.toSeconds() + " s)");
                }
            }
            return process.exitValue();
        } catch (InterruptedException interruption) {
            stop(process);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted: " + work);
        }
    }

    private static void stop(Process process) {
        List<ProcessHandle> all = process.descendants().collect(Collectors.toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        try {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
