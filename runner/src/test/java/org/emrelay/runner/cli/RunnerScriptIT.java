package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** runner.sh as in the distribution, beside the packaged runner, and its AppCDS archive. */
final class RunnerScriptIT {
    @TempDir
    Path directory;

    private Path installation;
    private Path commands;
    private CommandResult help;

    /** JAVA_HOME has a java that logs its arguments. */
    @BeforeEach
    void install() throws IOException {
        installation = Files.createDirectories(directory.resolve("emr elay"));
        commands = Files.createFile(directory.resolve("commands"));
        Files.copy(Path.of("../runner.sh"), installation.resolve("runner.sh"));
        Files.createSymbolicLink(
                installation.resolve("runner.jar"),
                Path.of("target", "runner.jar").toAbsolutePath());
        Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\nprintf '%%s\\n' \"$*\" >> '%s'\nexec '%s' \"$@\"\n"
                        .formatted(commands, Path.of(System.getProperty("java.home"), "bin", "java")));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        help = new CommandResult(0, TestResources.text("help/overview.txt"), "");
    }

    @Test
    void createsOneArchiveAndUsesItFromThenOn() throws Exception {
        Map<String, String> environment =
                Map.of("XDG_CACHE_HOME", directory.resolve("cache").toString());
        List<Process> concurrent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            concurrent.add(start(environment, i));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(result(concurrent.get(i), i)).isEqualTo(help);
        }
        assertThat(Files.readString(commands)).doesNotContain("SharedArchiveFile");
        awaitBackgroundProcesses();
        Path archive = onlyFileIn(directory.resolve("cache/emrelay"));

        assertThat(result(start(environment, 3), 3)).isEqualTo(help);
        assertThat(Files.readAllLines(commands).get(3)).startsWith("-XX:SharedArchiveFile=" + archive + " ");
        assertThat(isAccepted(archive)).isTrue();

        Files.writeString(archive, "corrupt");
        assertThat(result(start(environment, 4), 4)).isEqualTo(help);
        assertThat(Files.readAllLines(commands).get(4)).contains("SharedArchiveFile");
    }

    @Test
    void runsWithoutAnArchiveIfThereIsNoPlaceForOne() throws Exception {
        assertThat(result(start(Map.of("XDG_CACHE_HOME", "/dev/null"), 0), 0)).isEqualTo(help);
        assertThat(result(start(Map.of("HOME", ""), 1), 1)).isEqualTo(help);
        assertThat(Files.readString(commands)).doesNotContain("SharedArchiveFile");
        assertThat(backgroundProcesses()).isEmpty();
    }

    private Process start(Map<String, String> environment, int number) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        installation.resolve("runner.sh").toString(), "--help")
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out" + number).toFile())
                .redirectError(directory.resolve("err" + number).toFile());
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private CommandResult result(Process process, int number) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new CommandResult(
                process.exitValue(),
                Files.readString(directory.resolve("out" + number))
                        .replace("'" + installation.resolve("runner.sh") + "'", "runner.sh"),
                Files.readString(directory.resolve("err" + number)));
    }

    /** Whether the JVM maps the archive; runner.sh lets it continue without. */
    private boolean isAccepted(Path archive) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:on",
                        "-XX:SharedArchiveFile=" + archive,
                        "-XX:+UseSerialGC",
                        "-cp",
                        installation.toRealPath().resolve("runner.jar").toString(),
                        "org.emrelay.runner.cli.Main",
                        "--version")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("version").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }

    private void awaitBackgroundProcesses() throws Exception {
        for (ProcessHandle process : backgroundProcesses()) {
            process.onExit().get(300, TimeUnit.SECONDS);
        }
    }

    private List<ProcessHandle> backgroundProcesses() {
        String cache = directory.resolve("cache").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(cache))
                .toList();
    }

    private static Path onlyFileIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
