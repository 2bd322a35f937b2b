package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.endtoend.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The causes of failed steps, found in the logs of a real YARN cluster. */
@Tag("servers")
final class YarnFailuresIT {
    private static final String MISSING_BUCKET = "s3://emrelay-test-no-such-bucket/titles";
    private static final String FORBIDDEN = "s3://emrelay-test-forbidden/daily/titles";
    private static final String CLASS_HINT = "Add the jar that contains the class to the step's jars or packages.";
    private static final String ENDED_ITSELF =
            "The driver ended itself with this exit code (System.exit or Runtime.halt),"
                    + " without an exception. On YARN a driver ends by returning from main or by throwing an exception.";
    private static final String CALLED_EXIT =
            "The driver called System.exit. On YARN a driver ends by returning from main or by throwing an exception:"
                    + " System.exit fails the step, even System.exit(0).";

    /** The second argument of a step. */
    private static final Map<String, String> URIS = Map.of("missing_bucket", MISSING_BUCKET, "denied_write", FORBIDDEN);

    /** By the argument of the step: the cause, where it is found, and the hint. */
    private static final Map<String, Expected> EXPECTED = expected();

    @TempDir
    Path directory;

    /**
     * A diagnosis.
     *
     * @param cause a regular expression
     * @param container the log's container, client for the step's own log
     */
    private record Expected(String cause, String container, String hint) {}

    private static Map<String, Expected> expected() {
        Map<String, Expected> expected = new LinkedHashMap<>();
        expected.put("throw_before_session", in("client", "java.lang.IllegalStateException: there is no session yet"));
        expected.put(
                "exit_before_session",
                in("client", "AM Container for appattempt_\\d+_\\d+_000001 exited with  exitCode: 3", ENDED_ITSELF));
        expected.put(
                "throw_in_driver",
                in(
                        "client",
                        "java.io.IOException: rows.csv is missing\nwhich led to java.lang.IllegalArgumentException:"
                                + " rows must be positive: -3"));
        expected.put("throw_in_task", in("client", "java.lang.ArithmeticException: / by zero"));
        expected.put("user_fault", in("client", "--titles: s3://bucket/titles has no column 'title'."));
        expected.put(
                "heap_of_driver",
                in(
                        "_000001/stdout",
                        "java.lang.OutOfMemoryError: Java heap space",
                        "Raise the step's driver_memory, or write the result instead of collecting it."));
        expected.put(
                "heap_of_executor",
                in(
                        "_000002/stdout",
                        "java.lang.OutOfMemoryError: Java heap space",
                        "Raise the step's executor_memory (locally: driver_memory), or lower executor_cores to let"
                                + " fewer tasks share the heap."));
        expected.put(
                "memory_of_container",
                in(
                        "client",
                        "ExecutorLostFailure \\(executor \\d+ exited caused by one of the running tasks\\) Reason:"
                                + " Container killed by YARN for exceeding physical memory limits. .* of 896 MB"
                                + " physical memory used. Consider boosting spark.executor.memoryOverhead.",
                        "The container exceeded its memory limit: raise executor_memory, or"
                                + " spark.executor.memoryOverhead in spark_conf for Python and native code."));
        expected.put(
                "class_in_driver", in("client", "java.lang.ClassNotFoundException: com.example.Missing", CLASS_HINT));
        expected.put(
                "class_in_task", in("client", "java.lang.ClassNotFoundException: com.example.Missing", CLASS_HINT));
        expected.put(
                "missing_path",
                in(
                        "client",
                        "org.apache.spark.sql.AnalysisException: \\[PATH_NOT_FOUND\\] Path does not exist:"
                                + " s3://.*/nothing/here.",
                        "Check the path of the input, and that the upstream step wrote to it."));
        expected.put(
                "missing_bucket",
                in(
                        "client",
                        "org.apache.hadoop.fs.s3a.UnknownStoreException: `" + MISSING_BUCKET + "': .*",
                        "Check the bucket's name and region."));
        expected.put(
                "missing_column",
                in(
                        "client",
                        "org.apache.spark.sql.AnalysisException: \\[UNRESOLVED_COLUMN.WITH_SUGGESTION\\] A column or"
                                + " function parameter with name `title` cannot be resolved. .*",
                        "Compare the name with the actual columns of the input."));
        expected.put(
                "denied_write",
                in(
                        "client",
                        "java.nio.file.AccessDeniedException: daily/titles/_temporary/0: PUT 0-byte object .*403.*",
                        "Add " + FORBIDDEN + " to the step's writes, or grant s3:PutObject on"
                                + " arn:aws:s3:::emrelay-test-forbidden/daily/titles/_temporary/0/ to the cluster's node"
                                + " role (locally: your AWS credentials)."));
        expected.put("exit_3", in("client", "Shutdown hook called before final status was reported.", CALLED_EXIT));
        expected.put("exit_0", in("client", "Shutdown hook called before final status was reported.", CALLED_EXIT));
        expected.put(
                "halt",
                in("client", "AM Container for appattempt_\\d+_\\d+_000001 exited with  exitCode: 9", ENDED_ITSELF));
        return expected;
    }

    private static Expected in(String container, String cause) {
        return in(container, cause, "");
    }

    private static Expected in(String container, String cause, String hint) {
        return new Expected(cause, container, hint);
    }

    @Test
    void reportsTheCauseOfEachFailure() throws Exception {
        try (YarnFixture yarn = new YarnFixture(directory, "failures", 3, Map.of("spark.task.maxFailures", "1"))) {
            yarn.emr().aws().account().bucket("emrelay-test-forbidden");
            String missing = "s3://" + yarn.bucket() + "/output/nothing/here";
            List<Map<String, Object>> steps = EXPECTED.keySet().stream()
                    .map(way -> Map.<String, Object>of(
                            "name",
                            way,
                            "main_class",
                            "endtoend.FailAsTold",
                            "args",
                            List.of(way, URIS.getOrDefault(way, missing))))
                    .toList();

            CommandResult executed = yarn.execute(steps);

            assertThat(executed.code()).as(executed.err()).isEqualTo(1);
            Json report = Json.of(executed.out());
            EXPECTED.forEach((way, expected) -> assertDiagnosis(report.step(way), expected));
        }
    }

    private static void assertDiagnosis(Json step, Expected expected) {
        assertThat(step.get("cause").isNull() ? "" : step.text("cause").replaceAll("\\[[-0-9:. ]+\\]", ""))
                .as(step.text("name"))
                .matches("(?s)" + expected.cause());
        assertThat(step.text("cause_where"))
                .as(step.text("name"))
                .contains(expected.container().equals("client") ? "/steps/" : expected.container());
        assertThat(step.get("hint").isNull() ? "" : step.text("hint"))
                .as(step.text("name"))
                .isEqualTo(expected.hint());
    }
}
