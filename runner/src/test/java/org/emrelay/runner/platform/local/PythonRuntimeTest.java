package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonRuntimeTest {
    private static final String REMEDY =
            ". Add \"requirements\": [\"pyspark\"] to the step, and Emrelay installs 3.5.6 in an environment of its own; or set"
                    + " PYSPARK_PYTHON to a Python that has it.";

    private Path directory;
    private Path stepProcess;
    private SparkRuntime runtime;

    @BeforeEach
    void createRuntime(@TempDir Path temporary) throws IOException {
        directory = temporary;
        stepProcess = Files.createFile(directory.resolve("step-process.jar"));
        runtime = new SparkRuntime(
                Path.of("/jdk/bin/java"), List.of(Path.of("/spark/spark-core_2.12-3.5.6.jar"), stepProcess), directory);
    }

    @Test
    void usesTheJarsOfThePysparkPackage() throws Exception {
        Path core = sparkCoreIn("site-packages/pyspark/jars");
        PythonRuntime python = find(pythonWith(directory.resolve("site-packages/pyspark"), "3.5.6"));
        assertThat(python.spark().jars()).containsExactly(core, stepProcess);
        assertThat(python.sparkHome())
                .isEqualTo(directory.resolve("site-packages/pyspark").toString());
    }

    @Test
    void findsTheJarsOfASparkDistribution() throws Exception {
        Path core = sparkCoreIn("spark/jars");
        Files.createDirectories(directory.resolve("spark/python/pyspark"));
        PythonRuntime python = find(pythonWith(directory.resolve("spark/python/pyspark"), "3.5.1"));
        assertThat(python.spark().jars()).containsExactly(core, stepProcess);
        assertThat(python.sparkHome()).isEqualTo(directory.resolve("spark").toString());
    }

    @Test
    void reportsAPythonWithoutPyspark() throws IOException {
        Path python = script("exit 1");
        assertThatThrownBy(() -> find(python))
                .isInstanceOf(SparkMissingException.class)
                .hasMessage("Step 'counts' needs pyspark, but " + python + " does not have it" + REMEDY);
    }

    @Test
    void reportsAMissingPython() {
        assertThatThrownBy(() -> find(directory.resolve("none")))
                .hasMessage("Step 'counts' needs Python 3 with pyspark, but " + directory.resolve("none")
                        + " cannot be started" + REMEDY);
    }

    @Test
    void reportsAnIncompatiblePyspark() throws IOException {
        Path python = pythonWith(directory.resolve("pyspark"), "4.0.1");
        assertThatThrownBy(() -> find(python))
                .hasMessage("Step 'counts' needs pyspark 3.5, but " + python + " has 4.0.1 (in "
                        + directory.resolve("pyspark") + ")" + REMEDY);
    }

    @Test
    void reportsAPysparkWithoutJars() throws IOException {
        Path python = pythonWith(directory.resolve("a/b/pyspark"), "3.5.6");
        assertThatThrownBy(() -> find(python))
                .hasMessage("Step 'counts' needs Spark's jars, but the pyspark of " + python + " (in "
                        + directory.resolve("a/b/pyspark") + ") contains none" + REMEDY);
    }

    @Test
    void aFolderInTheCurrentDirectoryIsNotExecuted() throws IOException {
        Path python = script("pwd\necho 9.9");
        assertThatThrownBy(() -> find(python))
                .hasMessage("Step 'counts' needs pyspark 3.5, but " + python + " has 9.9 (in /)" + REMEDY);
    }

    @Test
    void resolvesTheExecutableByThePrecedenceOfPyspark() {
        assertThat(executable(Map.of(), Map.of())).isEqualTo("python3");
        assertThat(executable(Map.of(), Map.of("PYSPARK_PYTHON", "python3.11"))).isEqualTo("python3.11");
        assertThat(executable(Map.of(), Map.of("PYSPARK_PYTHON", "a", "PYSPARK_DRIVER_PYTHON", "b")))
                .isEqualTo("b");
        assertThat(executable(Map.of("spark.pyspark.python", "c"), Map.of("PYSPARK_PYTHON", "a")))
                .isEqualTo("c");
        assertThat(executable(Map.of(), Map.of("PYSPARK_PYTHON", "venv/bin/python")))
                .isEqualTo(Path.of("venv/bin/python").toAbsolutePath().toString());
    }

    private static String executable(Map<String, String> conf, Map<String, String> environment) {
        return PythonRuntime.executableFor(new SparkConf(conf), environment);
    }

    private PythonRuntime find(Path python) throws SparkMissingException, InterruptedException {
        return PythonRuntime.find(python.toString(), Map.of(), runtime, "Step 'counts'");
    }

    private Path sparkCoreIn(String jars) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(jars));
        return Files.createFile(folder.resolve("spark-core_2.12-3.5.6.jar"));
    }

    /** A fake Python that prints the location and version of a pyspark. */
    private Path pythonWith(Path pyspark, String version) throws IOException {
        return script("echo '" + pyspark + "'\necho " + version);
    }

    private Path script(String lines) throws IOException {
        Path script = Files.writeString(directory.resolve("python"), "#!/bin/sh\n" + lines + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
