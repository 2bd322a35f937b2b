package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.platform.file.CacheDirectory;
import org.emrelay.runner.platform.python.EnvironmentSpec;
import org.emrelay.runner.platform.python.InstallerProcess;
import org.emrelay.runner.platform.python.VirtualEnvironments;

/** Virtual environments below {@code target}. A test is skipped if its environment cannot be created. */
final class PythonEnvironment {
    static final Path DIRECTORY = Path.of("target", "servers");
    private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(5);

    private PythonEnvironment() {}

    /** The Python with the packages installed. An environment without the marker file is incomplete and is recreated. */
    static synchronized Path with(String... requirements) throws IOException {
        String requirement = String.join(", ", requirements);
        Path directory = DIRECTORY.resolve(requirement.replaceAll("[^a-z0-9.]+", "-"));
        Path marker = directory.resolve("installed");
        Path python = directory.resolve("bin").resolve("python").toAbsolutePath();
        Files.createDirectories(DIRECTORY);
        // Tests run in several JVMs.
        try (FileChannel file = FileChannel.open(
                        Path.of(directory + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            assertThat(lock.isValid()).isTrue();
            if (!Files.exists(marker)) {
                create(directory, python, requirement, requirements);
                Files.createFile(marker);
            }
        }
        return python;
    }

    private static void create(Path directory, Path python, String requirement, String... requirements)
            throws IOException {
        runOrSkip("Python 3 with its module venv", "python3", "-m", "venv", "--clear", directory.toString());
        runOrSkip(
                "uv", python.toString(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv==0.9.5");
        runOrSkip(
                requirement,
                Stream.concat(
                                Stream.of(
                                        python.resolveSibling("uv").toString(),
                                        "pip",
                                        "install",
                                        "--quiet",
                                        "--python",
                                        python.toString()),
                                Stream.of(requirements))
                        .toArray(String[]::new));
    }

    /**
     * Environment variables for Python steps on a YARN cluster. On EMR, PySpark is part of the release; here it is the one that local
     * runs install, so that it is installed once. If it cannot be installed although pip finds packages, the test fails.
     */
    static Map<String, String> ofSteps() throws IOException {
        with("py4j==0.10.9.7");
        Path cache = CacheDirectory.of(System.getenv()).orElseThrow();
        Path python = new VirtualEnvironments(cache, Clock.systemUTC(), Sleeper.system())
                .python(
                        new EnvironmentSpec(List.of("pyspark"), List.of(), ""),
                        "python3",
                        "3.5.6",
                        "A Python step",
                        new InstallerProcess(System.getenv(), notice -> {}, () -> false));
        Path environment = Objects.requireNonNull(
                Objects.requireNonNull(python.getParent()).getParent());
        try (Stream<Path> files = Files.walk(environment.resolve("lib"))) {
            String archives = files.filter(file -> file.toString().matches(".*/pyspark/python/lib/.*\\.zip"))
                    .map(file -> "local:" + file)
                    .collect(Collectors.joining(","));
            return Map.of("PYSPARK_PYTHON", python.toString(), "PYSPARK_ARCHIVES_PATH", archives);
        }
    }

    private static void runOrSkip(String requirement, String... command) throws IOException {
        Path log = DIRECTORY.resolve("install.log");
        try {
            Process process = startProcess(log, command);
            if (!process.waitFor(INSTALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                abort("Skipped: " + requirement + " was not installed within " + INSTALL_TIMEOUT.toMinutes()
                        + " minutes.");
            } else if (process.exitValue() != 0) {
                abort("Skipped: " + requirement + " is not available: " + lastLine(log));
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        } catch (IOException noSuchProgram) {
            abort("Skipped: " + requirement + " is not available: " + noSuchProgram.getMessage());
        }
    }

    static Process startProcess(Path log, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "no output." : lines.get(lines.size() - 1);
    }
}
