package org.emrelay.runner.platform.emr.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.APPLICATION;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.DRIVER;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.STEP;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.URI;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.emrelay.runner.diagnosis.CauseFinder;
import org.emrelay.runner.platform.Diagnosis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In cluster mode, the cause of a failed step is found in the driver's container log. */
final class ClusterModeCauseTest {
    private static final String FAILURE_REPORT = """
            26/11/21 03:44:40 INFO YarnClientImpl: Submitted application %1$s
            26/11/21 03:45:14 INFO Client: Application report for %1$s (state: FINISHED)
            Exception in thread "main" org.apache.spark.SparkException: Application %1$s finished with failed status
            \tat org.apache.spark.deploy.yarn.Client.run(Client.scala:1325)
            26/11/21 03:45:14 INFO ShutdownHookManager: Shutdown hook called
            """.formatted(APPLICATION);

    private final StepLogsFixture fixture = new StepLogsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String sample(String name) {
        try (InputStream stream = CauseFinder.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            java-main.log             | stderr | lines 1–10  | java.lang.IllegalArgumentException: --max-words must be positive: -3
            application-master.log    | stderr | lines 4–8   | scala.MatchError: zh (of class java.lang.String)
            python-missing-file.log   | stdout | lines 14–17 | FileNotFoundError: [Errno 2] No such file or directory: '/home/ada/titles/stopwords.txt'
            python-udf.log            | stdout | lines 23–26 | ValueError: title 3 has no language
            container-killed-137.log  | stderr | lines 8–10  | ExecutorLostFailure (executor 5 exited caused by one of the running tasks) Reason: Container from a bad node: container_1795183200000_0007_01_000006 on host: ip-10-0-4-31.ec2.internal. Exit status: 137.
            container-143.log         | stderr | line 2      | Container from a bad node: container_1795183200000_0009_01_000002 on host: ip-10-0-4-31.ec2.internal. Exit status: 143.
            missing-class.log         | stderr | lines 16–25 | java.lang.ClassNotFoundException: ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier
            s3-denied-emrfs.log       | stderr | lines 3–9   | com.amazon.ws.emr.hadoop.fs.shaded.com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403
            missing-path.log          | stderr | lines 17–26 | org.apache.spark.sql.AnalysisException: [PATH_NOT_FOUND] Path does not exist: file:/home/ada/titles/titles.parquet.
            missing-column.log        | stderr | lines 17–30 | org.apache.spark.sql.AnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `titel` cannot be resolved.
            python-missing-column.log | stdout | lines 15–22 | pyspark.errors.exceptions.captured.AnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `titel`
            """)
    void findsTheCauseInTheDriversLog(String sampleLog, String stream, String lines, String cause) {
        fixture.ship(STEP + "stderr.gz", FAILURE_REPORT).stepFailed().ship(DRIVER + stream + ".gz", sample(sampleLog));

        Diagnosis diagnosis = fixture.diagnose(Duration.ZERO).orElseThrow();

        assertThat(diagnosis.cause()).startsWith(cause);
        assertThat(diagnosis.location()).isEqualTo(lines + " of " + URI + DRIVER + stream + ".gz");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            container-memory-limit.log | line 5    | Container [pid=14211,containerID=container_1795183200000_0008_01_000001] is running 92274688B beyond the 'PHYSICAL' memory limit.
            yarn-client-report.log     | lines 5–7 | org.apache.spark.sql.AnalysisException: [PATH_NOT_FOUND] Path does not exist: s3://ada-titles/input/titles.parquet.
            main-class-missing.log     | line 1    | Failed to load class com.example.titles.CountWord.
            """)
    void findsTheCauseInTheStepsOwnLogIfTheDriverWroteNone(String sampleLog, String lines, String cause) {
        fixture.ship(STEP + "stderr.gz", sample(sampleLog)).stepFailed();

        Diagnosis diagnosis = fixture.diagnose(Duration.ZERO).orElseThrow();

        assertThat(diagnosis.cause()).startsWith(cause);
        assertThat(diagnosis.location()).isEqualTo(lines + " of " + URI + STEP + "stderr.gz");
    }
}
