package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.endtoend.Json;
import org.emrelay.runner.json.JsonWriter;
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
            import helpers
            seen = spark.sparkContext.parallelize([1], 1).map(lambda one: (helpers.WORD, os.environ["TEST_X"])).collect()
            lines = [helpers.WORD, os.environ["TEST_X"], *sys.argv[4:], *seen[0]]
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
    Path directory;

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
        try (YarnFixture yarn = new YarnFixture(
                directory, "python", 3, Map.of("spark.task.maxFailures", "1"), PythonEnvironment.ofSteps())) {
            CliFixture files = yarn.emr().cli();
            files.file("job.py", SCRIPT).file("helpers.py", "WORD = 'from a module'\n");
            List<Map<String, Object>> steps = Stream.concat(Stream.of("works"), causes().keySet().stream())
                    .map(YarnPythonStepsIT::step)
                    .toList();
            files.file("steps.json", JsonWriter.line(Map.of("name", "trial", "steps", steps)));

            CommandResult executed = yarn.execute(files.path("steps.json"));

            Json report = Json.of(executed.out());
            assertThat(report.step("works").text("state")).as(executed.err()).isEqualTo("done");
            assertThat(yarn.outputLines("works"))
                    .containsExactly("from a module", "x y", "two words", "ü `", "from a module", "x y");
            assertThat(causes().keySet().stream().collect(Collectors.toMap(way -> way, way -> cause(report.step(way)))))
                    .isEqualTo(causes());
        }
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
