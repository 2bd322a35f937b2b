package org.emrelay.stepprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PythonStepTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void requirePyspark() throws Exception {
        assumeTrue(
                pysparkVersion().filter(version -> version.startsWith("3.5.")).isPresent(),
                "python3 has no pyspark 3.5: skipping the Python step tests.");
    }

    @Test
    void aScriptReceivesItsArgumentsAndItsRowsAreCounted() throws Exception {
        Path script = script("""
                import sys
                from pyspark.sql import SparkSession
                spark = SparkSession.builder.getOrCreate()
                spark.range(9).rdd.map(lambda row: (row.id * 2,)).toDF(["n"]).write.parquet(sys.argv[1])
                """);
        try (StepChild child = StepChild.start(folder)) {
            submit(child, script, folder.resolve("doubled").toString());

            assertThat(child.exitCode()).as(child.errors()).isZero();
            assertThat(folder.resolve("doubled/_SUCCESS")).exists();
            assertThat(summary()).hasContent("{\"rows\": 9, \"returned\": true}");
        }
    }

    @Test
    void theExitCodeOfTheScriptIsTheExitCodeOfTheProcess() throws Exception {
        Path script = script("import sys; sys.exit(4)");
        try (StepChild child = StepChild.start(folder)) {
            submit(child, script);

            assertThat(child.exitCode()).isEqualTo(4);
        }
    }

    @Test
    void aScriptThatExitsWithZeroHasReturned() throws Exception {
        Path script = script("import sys; sys.exit(0)");
        try (StepChild child = StepChild.start(folder)) {
            submit(child, script);

            assertThat(child.exitCode()).as(child.errors()).isZero();
            assertThat(summary()).hasContent("{\"rows\": null, \"returned\": true}");
        }
    }

    @Test
    void pythonIsKilledWhenTheRunnerIsGone() throws Exception {
        Path script = script("""
                import os, threading
                print(os.getpid(), flush=True)
                threading.Event().wait()
                """);
        try (StepChild child = StepChild.start(folder)) {
            submit(child, script);
            ProcessHandle python =
                    ProcessHandle.of(Long.parseLong(child.readLine())).orElseThrow();

            child.standardInput().close();

            assertThat(child.exitCode()).isEqualTo(137);
            StepChild.awaitEnd(python);
        }
    }

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("step.py"), text);
    }

    private void submit(StepChild child, Path script, String... arguments) throws IOException {
        List<String> options = List.of(summary().toString(), "--master", "local[2]", script.toString());
        String[] strings =
                Stream.concat(options.stream(), List.of(arguments).stream()).toArray(String[]::new);
        child.send(strings);
    }

    private Path summary() {
        return folder.resolve("summary.json");
    }

    private static Optional<String> pysparkVersion() throws InterruptedException {
        try {
            Process python = new ProcessBuilder("python3", "-c", "import pyspark; print(pyspark.__version__)")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String version = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return python.waitFor() == 0 ? Optional.of(version) : Optional.empty();
        } catch (IOException noPython) {
            return Optional.empty();
        }
    }
}
