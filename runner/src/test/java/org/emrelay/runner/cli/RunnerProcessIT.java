package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged runner as a process, started outside the checkout. */
final class RunnerProcessIT {
    private static final Path JAR = Path.of("target", "runner.jar").toAbsolutePath();

    @TempDir
    Path directory;

    private CliFixture files;

    @BeforeEach
    void setUp() {
        files = SampleFiles.writeTo(new CliFixture(directory));
    }

    @Test
    void printsItsHelp() throws Exception {
        assertThat(start(Map.of(), "--help"))
                .isEqualTo(new CommandResult(
                        0, TestResources.text("help/overview.txt").replace("runner.sh", "java -jar " + JAR), ""));
    }

    @Test
    void printsItsVersion() throws Exception {
        CommandResult result = start(Map.of(), "--version");

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Emrelay ").contains("\nSpark 3.5.", "\nJava ");
    }

    @Test
    void exitsWith3OnAnInvalidFile() throws Exception {
        files.file("steps.json", "{");

        assertThat(start(Map.of(), "-a", "validate")).isEqualTo(new CommandResult(3, """
                        steps.json: not valid JSON: line 1, column 1: this '{' is never closed: add '}'.
                          {
                          ^
                        """, ""));
    }

    @Test
    void plansAsJsonInAnyLocale() throws Exception {
        for (String locale : List.of("C", "C.UTF-8")) {
            assertThat(start(Map.of("LC_ALL", locale), "-a", "plan", "--output", "json"))
                    .isEqualTo(new CommandResult(0, TestResources.text("plans/chain.json"), ""));
        }
    }

    @Test
    void acceptsNonAsciiPathsInAUtf8Locale() throws Exception {
        files.file("Bücher 1.json", SampleFiles.CLOUDS);

        assertThat(start(Map.of("LC_ALL", "C.UTF-8"), "-a", "validate", "-steps", "Bücher 1.json"))
                .isEqualTo(new CommandResult(0, "Bücher 1.json is valid.\n", ""));
        CommandResult without = start(Map.of("LC_ALL", "C"), "-a", "validate", "-steps", "Bücher 1.json");
        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err())
                .endsWith(" is not a valid path here; non-ASCII characters need a UTF-8 locale, such as"
                        + " LC_ALL=C.UTF-8. See java -jar " + JAR + " -a validate --help.\n");
    }

    @Test
    void printsNoStackTraceForUserErrors() throws Exception {
        for (String[] mistake : new String[][] {
            {},
            {"-a"},
            {"-a", "dance"},
            {"-a", "plan", "-steps", "nowhere.json"},
            {"-a", "plan", "--nonsense"},
            {"-a", "list_steps"},
            {"-a", "create_cluster", "-c", "demo"},
            {"-a", "run", "-t", "emr"}
        }) {
            CommandResult result = start(Map.of(), mistake);
            assertThat(result.code()).isBetween(2, 5);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).isNotEmpty().doesNotContain("\tat ", "Exception");
        }
    }

    @Test
    void keepsAClusterAcrossProcesses() throws Exception {
        CommandResult created = start(Map.of(), "-a", "create_cluster", "-t", "local", "-c", "demo");
        assertThat(created.out()).matches("local-[0-9a-f]{8}\n");

        assertThat(start(Map.of(), "-a", "terminate_cluster"))
                .isEqualTo(new CommandResult(
                        0, "removed cluster " + created.out() + "kept    workspace DIR/.runner\n", ""));
    }

    private CommandResult start(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // Short commands start fastest this way.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "stdout", ".txt");
        Path err = Files.createTempFile(directory, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new CommandResult(process.exitValue(), text(out), text(err));
    }

    private String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .replace(directory.toRealPath().toString(), "DIR");
    }
}
