package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkRuntimeTest {
    private Path bundled;
    private Path home;

    @BeforeEach
    void createDirectories(@TempDir Path directory) throws IOException {
        bundled = Files.createDirectories(directory.resolve("runner/spark"));
        home = Files.createDirectories(directory.resolve("own spark"));
        Files.createDirectories(home.resolve("jars"));
    }

    @Test
    void prefersTheBundledSpark() throws Exception {
        touch(bundled, "zstd.jar", "spark-core_2.12-3.5.6.jar", "step-process.jar", "README.txt");
        touch(home.resolve("jars"), "spark-core_2.12-3.5.7.jar");
        SparkRuntime runtime = SparkRuntime.find(bundled, Map.of("SPARK_HOME", home.toString()));
        assertThat(runtime.jars())
                .containsExactly(
                        bundled.resolve("spark-core_2.12-3.5.6.jar"),
                        bundled.resolve("step-process.jar"),
                        bundled.resolve("zstd.jar"));
        assertThat(runtime.java()).isExecutable();
    }

    @Test
    void usesSparkHomeWithStepProcessJarOtherwise() throws Exception {
        touch(bundled.resolveSibling(""), "step-process.jar");
        touch(home.resolve("jars"), "spark-core_2.12-3.5.7.jar", "zstd.jar");
        assertThat(SparkRuntime.find(bundled, Map.of("SPARK_HOME", home.toString()))
                        .jars())
                .containsExactly(
                        home.resolve("jars/spark-core_2.12-3.5.7.jar"),
                        home.resolve("jars/zstd.jar"),
                        bundled.resolveSibling("step-process.jar"));
    }

    @Test
    void reportsAMissingSparkWithItsRemedy() {
        assertThatThrownBy(() -> SparkRuntime.find(bundled, Map.of()))
                .isInstanceOf(SparkMissingException.class)
                .hasMessage("Spark not found: there is none in " + bundled
                        + " and SPARK_HOME is not set. Build the project, unpack the whole distribution, or set"
                        + " SPARK_HOME to a Spark 3.5 for Scala 2.12.");
    }

    @Test
    void reportsASparkHomeWithoutSpark() throws Exception {
        touch(bundled, "step-process.jar");
        assertThatThrownBy(() -> SparkRuntime.find(bundled, Map.of("SPARK_HOME", home.toString())))
                .hasMessage("No compatible Spark in " + home.resolve("jars")
                        + ": it contains no spark-core_… jar. Set SPARK_HOME to a Spark 3.5 for Scala 2.12.");
    }

    @Test
    void rejectsAnIncompatibleSpark() throws Exception {
        touch(bundled, "step-process.jar");
        touch(home.resolve("jars"), "spark-core_2.13-4.0.2.jar");
        assertThatThrownBy(() -> SparkRuntime.find(bundled, Map.of("SPARK_HOME", home.toString())))
                .hasMessage("No compatible Spark in " + home.resolve("jars")
                        + ": spark-core_2.13-4.0.2.jar is incompatible. Set SPARK_HOME to a Spark 3.5 for Scala 2.12.");
    }

    @Test
    void reportsAMissingStepProcessJarWithItsRemedy() throws Exception {
        touch(home.resolve("jars"), "spark-core_2.12-3.5.7.jar");
        assertThatThrownBy(() -> SparkRuntime.find(bundled, Map.of("SPARK_HOME", home.toString())))
                .hasMessage("step-process.jar not found in " + bundled
                        + " or its parent directory. Build the project, or unpack the whole distribution.");
    }

    private static void touch(Path directory, String... names) throws IOException {
        for (String name : names) {
            Files.createFile(directory.resolve(name));
        }
    }
}
