package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.endtoend.BuildArtifacts;
import org.emrelay.runner.endtoend.Json;
import org.emrelay.runner.json.JsonWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python steps on a real YARN cluster. Installs PySpark. */
@Tag("servers")
final class YarnPythonStepsIT {
    private static final String SCRIPT = """
        import os, sys
        way = sys.argv[1]
        if way == "import_error":
            import module_that_is_missing
        elif way == "syntax_error":
            exec(compile("rows = (1,", "job.py", "exec"))
        from pyspark.sql import SparkSession
        spark = SparkSession.builder.getOrCreate()
        if way == "works":
            import greeting, helpers, inside
            def seen(one):
                return helpers.WORD, os.environ["TEST_X"], inside.WORD, greeting.word(), "%d.%d" % sys.version_info[:2]
            lines = [*sys.argv[4:], *seen(0), *spark.sparkContext.parallelize([1], 1).map(seen).first()]
            spark.createDataFrame([(line,) for line in lines], ["value"]).coalesce(1).write.text(sys.argv[3])
        elif way == "throw":
            raise ValueError("rows must be positive: -3")
        elif way == "throw_in_task":
            spark.sparkContext.parallelize([0], 1).map(lambda zero: 1 // zero).count()
        elif way == "exit_text":
            sys.exit("give --titles")
        elif way == "killed_worker":
            spark.sparkContext.parallelize([1], 1).map(lambda one: os.kill(os.getpid(), 9)).count()
        spark.stop()
        """;

    @TempDir
    static Path directory;

    private static YarnFixture yarn;

    @BeforeAll
    static void createCluster() throws Exception {
        yarn = new YarnFixture(
                Files.createDirectories(directory.resolve("aws")),
                "python",
                3,
                Map.of("spark.task.maxFailures", "1"),
                PythonEnvironment.ofSteps());
    }

    @AfterAll
    static void close() {
        if (yarn != null) {
            yarn.close();
        }
    }

    /** By the first argument of the script: the cause. */
    private static Map<String, String> causes() {
        Map<String, String> causes = new LinkedHashMap<>();
        causes.put("import_error", "ModuleNotFoundError: No module named 'module_that_is_missing'");
        causes.put("syntax_error", "SyntaxError: '(' was never closed");
        causes.put("throw", "ValueError: rows must be positive: -3");
        causes.put("throw_in_task", "ZeroDivisionError: integer division or modulo by zero");
        causes.put("exit_text", "User application exited with status 1, after printing: give --titles");
        causes.put(
                "killed_worker",
                "org.apache.spark.SparkException: Python worker exited unexpectedly (crashed)\ncaused by"
                        + " java.io.EOFException");
        return causes;
    }

    @Test
    void runsPythonAndReportsItsFailures() throws Exception {
        CliFixture files = yarn.emr().cli();
        files.file("job.py", SCRIPT)
                .file("helpers.py", "WORD = 'from a module'\n")
                .file("modules/inside.py", "WORD = 'from a directory'\n")
                .withEnvironment("PATH", System.getenv("PATH"))
                .withEnvironment("HOME", directory.resolve("home").toString());
        writeWheel(Files.createDirectories(files.path("wheels")));
        List<Map<String, Object>> steps = Stream.concat(
                        Stream.of(stepWithPackages()),
                        causes().keySet().stream().map(YarnPythonStepsIT::step))
                .toList();
        files.file("steps.json", JsonWriter.line(Map.of("name", "trial", "steps", steps)));

        CommandResult executed = yarn.execute(files.path("steps.json"));

        Json report = Json.of(executed.out());
        assertThat(report.step("works").text("state")).as(executed.err()).isEqualTo("done");
        assertThat(yarn.outputLines("works"))
                .containsExactly(
                        "two words",
                        "ü `",
                        "from a module",
                        "x y",
                        "from a directory",
                        "from a wheel",
                        version(),
                        "from a module",
                        "x y",
                        "from a directory",
                        "from a wheel",
                        version());
        assertThat(causes().keySet().stream().collect(Collectors.toMap(way -> way, way -> cause(report.step(way)))))
                .isEqualTo(causes());
    }

    /** The shipped pipeline's counts in PySpark: the rows of the Java job on this machine, and the same rows on the cluster. */
    @Test
    void wordCountsInPython() throws Exception {
        Path pipeline = BuildArtifacts.root().resolve("pipelines/word-counts-python/steps.json");
        LocalRun local = LocalRun.start(
                directory.resolve("local"),
                withJavaCounts(pipeline, directory.resolve("with-java.json")),
                "-p",
                "rows=500");
        YarnFixture.succeed(yarn.execute(pipeline, "-p", "rows=500"));
        Path onCluster = yarn.downloadOutputs(directory.resolve("cluster")).resolve("counts");
        Path here = local.awaitOutput();

        assertThat(LocalRun.compareTables(
                        directory.resolve("comparison"),
                        List.of(
                                "parquet",
                                here.resolve("counts").toString(),
                                here.resolve("java_counts").toString(),
                                "parquet",
                                here.resolve("counts").toString(),
                                onCluster.toString())))
                .hasSize(2)
                .allMatch(line -> line.endsWith("equal rows"));
    }

    /** The pipeline with the Java job as another step. */
    private static Path withJavaCounts(Path pipeline, Path file) throws IOException {
        String directory = pipeline.resolveSibling("").toString();
        String text = Files.readString(pipeline)
                .replace("../../", BuildArtifacts.root() + "/")
                .replace("\"scripts/", "\"" + directory + "/scripts/")
                .replace("\"requirements.txt\"", "\"" + directory + "/requirements.txt\"");
        String jobs =
                BuildArtifacts.root().resolve("pyspark-equivalent-jobs/target").toString();
        return Files.writeString(file, text.replace("\"steps\": [", """
                        "steps": [
                            {"name": "java_counts", "script_uri": "%1$s/jobs.jar", "jars": ["%1$s/lib/*.jar"],
                             "main_class": "org.emrelay.jobs.wordclouds.counts.CountWords",
                             "inputs": {"words": {"from_step": "words"}}},
                        """.formatted(jobs)));
    }

    /** A package that only this test has, so that installing it needs no network. */
    private static void writeWheel(Path directory) throws IOException {
        String metadata = "greeting-1.0.dist-info/";
        Map<String, String> contents = new LinkedHashMap<>();
        contents.put("greeting.py", "def word():\n    return 'from a wheel'\n");
        contents.put(
                metadata + "METADATA",
                "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\nRequires-Dist: pyspark>=3.5\n");
        contents.put(
                metadata + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        contents.put(metadata + "RECORD", "greeting.py,,\n");
        try (ZipOutputStream zip =
                new ZipOutputStream(Files.newOutputStream(directory.resolve("greeting-1.0-py3-none-any.whl")))) {
            for (Map.Entry<String, String> file : contents.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** The release has Python 3.9 and 3.11: the nodes of the test have the interpreters of this machine. */
    private static String version() throws Exception {
        Process python =
                new ProcessBuilder("python3", "-c", "import sys; print('%d.%d' % sys.version_info[:2])").start();
        String version = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assumeThat(version).as("the version of python3").isIn("3.9", "3.11");
        return version;
    }

    private static Map<String, Object> stepWithPackages() throws Exception {
        Map<String, Object> step = new LinkedHashMap<>(step("works"));
        step.put("py_files", List.of("helpers.py", "modules"));
        step.put("python", version());
        step.put("requirements", List.of("--no-index", "--find-links wheels", "greeting==1.0", "pyspark"));
        return step;
    }

    private static Map<String, Object> step(String way) {
        return Map.of(
                "name",
                way,
                "script_uri",
                "job.py",
                "py_files",
                List.of("helpers.py"),
                "args",
                List.of(way, "--output", "${output}", "two words", "ü `"),
                "env",
                Map.of("TEST_X", "x y"),
                "executor_memory",
                "512M",
                "driver_memory",
                "512M",
                "on_failure",
                "continue");
    }

    private static String cause(Json step) {
        return step.get("cause").isNull() ? "" : step.text("cause");
    }
}
