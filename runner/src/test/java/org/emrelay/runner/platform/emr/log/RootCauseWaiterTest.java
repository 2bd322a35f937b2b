package org.emrelay.runner.platform.emr.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.APPLICATION;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.DRIVER;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.STEP;
import static org.emrelay.runner.platform.emr.log.StepLogsFixture.URI;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.LastOutput;
import org.emrelay.runner.platform.emr.log.LogWaitPolicy.WaitProgress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cause is found in the right log, however late EMR uploads it. */
final class RootCauseWaiterTest {
    private static final Duration SEVEN_MINUTES = Duration.ofMinutes(7);

    private static final String EMPTY_TITLE = """
            26/11/21 03:45:01 INFO SparkContext: Running Spark version 3.5.6-amzn-1
            Exception in thread "main" java.lang.IllegalStateException: title 7 is empty
            \tat com.example.titles.ExtractWords.main(ExtractWords.java:38)
            26/11/21 03:45:12 INFO ShutdownHookManager: Shutdown hook called
            """;
    private static final String APPLICATION_FAILED = """
            26/11/21 03:44:40 INFO YarnClientImpl: Submitted application %1$s
            26/11/21 03:45:14 INFO Client: Application report for %1$s (state: FINISHED)
            26/11/21 03:45:14 ERROR Client: Application diagnostics message: User application exited with status 1
            Exception in thread "main" org.apache.spark.SparkException: Application %1$s finished with failed status
            \tat org.apache.spark.deploy.yarn.Client.run(Client.scala:1325)
            26/11/21 03:45:14 INFO ShutdownHookManager: Shutdown hook called
            """.formatted(APPLICATION);
    private static final String DRIVER_EXITED = """
            26/11/21 03:44:50 INFO ApplicationMaster: Starting the user application in a separate Thread
            26/11/21 03:45:12 ERROR ApplicationMaster: User application exited with status 1
            26/11/21 03:45:12 INFO ApplicationMaster: Final app status: FAILED, exitCode: 1, (reason: User application exited with status 1)
            26/11/21 03:45:13 INFO ShutdownHookManager: Shutdown hook called
            """;
    private static final String DRIVER_STARTED =
            "26/11/21 03:44:50 INFO ApplicationMaster: Starting the user application in a separate Thread\n";
    private static final String DRIVER_CONTAINER_EXITED = """
            26/11/21 03:44:40 INFO YarnClientImpl: Submitted application application_1795183200000_0003
            26/11/21 03:45:14 INFO Client: Application report for application_1795183200000_0003 (state: FAILED)
            26/11/21 03:45:14 INFO Client:\s
            \t diagnostics: Application application_1795183200000_0003 failed 1 times due to AM Container for appattempt_1795183200000_0003_000001 exited with  exitCode: %d
            Exception in thread "main" org.apache.spark.SparkException: Application application_1795183200000_0003 finished with failed status
            \tat org.apache.spark.deploy.yarn.Client.run(Client.scala:1325)
            """;
    private static final String TRACEBACK = """
            reading s3://ada-titles/input
            Traceback (most recent call last):
              File "/mnt/tmp/spark-1/count_words.py", line 12, in <module>
                main(sys.argv)
            KeyError: 'language'
            """;

    private final StepLogsFixture fixture = new StepLogsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void usesTheStepsOwnLogFirstWithoutWaiting() {
        fixture.ship(STEP + "stderr.gz", EMPTY_TITLE).stepFailed();

        assertThat(fixture.diagnose(SEVEN_MINUTES))
                .contains(new Diagnosis(
                        "java.lang.IllegalStateException: title 7 is empty",
                        "lines 2–3 of " + URI + STEP + "stderr.gz",
                        ""));
        assertThat(fixture.waits).isEmpty();
    }

    @Test
    void prefersTheDriversTracebackToTheApplicationReport() {
        fixture.ship(STEP + "stderr.gz", APPLICATION_FAILED)
                .stepFailed()
                .ship(DRIVER + "stderr.gz", DRIVER_EXITED)
                .ship(DRIVER + "stdout.gz", TRACEBACK);

        assertThat(fixture.diagnose(SEVEN_MINUTES))
                .contains(new Diagnosis("KeyError: 'language'", "lines 2–5 of " + URI + DRIVER + "stdout.gz", ""));
        assertThat(fixture.waits).isEmpty();
    }

    @Test
    void showsWhatTheProgramPrintedIfTheLogsHaveNoCause() {
        fixture.ship(STEP + "stdout.gz", "checking the input\nThe input has no column 'price'.\n")
                .ship(STEP + "stderr.gz", "26/11/21 03:44:40 INFO SparkContext: Running Spark version 3.5.6\n")
                .stepFailed();

        assertThat(fixture.diagnose(Duration.ZERO))
                .contains(Diagnosis.ofOutput(new LastOutput(
                        URI + STEP + "stdout.gz", List.of("checking the input", "The input has no column 'price'."))));
    }

    @Test
    void waitsForLateLogsWithACountdown() {
        fixture.shipAfter(Duration.ofMinutes(2), STEP + "stderr.gz", APPLICATION_FAILED);
        fixture.time().schedule(Duration.ofMinutes(2), fixture::stepFailed);
        fixture.shipAfter(Duration.ofMinutes(4), DRIVER + "stderr.gz", DRIVER_EXITED);
        fixture.shipAfter(Duration.ofMinutes(4).plusSeconds(10), DRIVER + "stdout.gz", TRACEBACK);

        assertThat(fixture.diagnose(SEVEN_MINUTES).map(Diagnosis::cause)).contains("KeyError: 'language'");
        assertThat(fixture.waits.get(0)).isEqualTo(new WaitProgress("the logs of step s-2ABC", SEVEN_MINUTES));
        assertThat(fixture.waits.get(1).remaining()).isEqualTo(SEVEN_MINUTES.minusSeconds(5));
        assertThat(fixture.waits)
                .contains(new WaitProgress("the driver's log of " + APPLICATION, Duration.ofMinutes(4)));
        assertThat(fixture.time().elapsed()).isEqualTo(Duration.ofMinutes(4).plusSeconds(10));
    }

    @Test
    void stopsWaitingForMissingLogsAfterTheMaximumWait() {
        assertThat(fixture.diagnose(Duration.ofSeconds(72))).isEmpty();
        assertThat(fixture.time().elapsed()).isEqualTo(Duration.ofSeconds(72));
        assertThat(fixture.waits).hasSize(15);
        assertThat(fixture.errors).isEmpty();
    }

    @Test
    void usesTheAvailableLogsWithoutAWait() {
        assertThat(fixture.diagnose(Duration.ZERO)).isEmpty();

        fixture.ship(STEP + "stderr.gz", EMPTY_TITLE);

        assertThat(fixture.diagnose(Duration.ZERO)).isPresent();
        assertThat(fixture.time().elapsed()).isZero();
    }

    @Test
    void namesAMissingDriverLog() {
        fixture.ship(STEP + "stderr.gz", APPLICATION_FAILED).stepFailed();

        assertThat(fixture.diagnose(Duration.ofMinutes(1)))
                .contains(new Diagnosis(
                        "User application exited with status 1",
                        "line 3 of " + URI + STEP + "stderr.gz",
                        "Unless the program printed a traceback, it called sys.exit with this exit status: see what it printed."
                                + " The driver's log is not uploaded yet. Read the logs again in a few minutes, or see "
                                + URI + "containers/" + APPLICATION + "/."));
    }

    @Test
    void namesAMissingDriverLogIfTheApplicationMasterFailed() {
        fixture.ship(STEP + "stderr.gz", DRIVER_CONTAINER_EXITED.formatted(13)).stepFailed();

        assertThat(fixture.diagnose(Duration.ofMinutes(1)))
                .contains(new Diagnosis(
                        "AM Container for appattempt_1795183200000_0003_000001 exited with  exitCode: 13",
                        "line 4 of " + URI + STEP + "stderr.gz",
                        "The driver's log has the cause but is not uploaded yet. Read the logs again in a few minutes, or see "
                                + URI + "containers/" + APPLICATION + "/."));
    }

    @Test
    void waitsForTheLogOfAKilledDriver() {
        fixture.ship(STEP + "stderr.gz", DRIVER_CONTAINER_EXITED.formatted(137)).stepFailed();
        fixture.shipAfter(Duration.ofMinutes(2), DRIVER + "stderr.gz", DRIVER_STARTED);
        fixture.shipAfter(Duration.ofMinutes(2).plusSeconds(10), DRIVER + "stdout.gz", """
                # java.lang.OutOfMemoryError: Java heap space
                """);

        assertThat(fixture.diagnose(SEVEN_MINUTES))
                .contains(new Diagnosis(
                        "java.lang.OutOfMemoryError: Java heap space",
                        "line 1 of " + URI + DRIVER + "stdout.gz",
                        "Raise the step's driver_memory, or write the result instead of collecting it."));
        assertThat(fixture.time().elapsed()).isEqualTo(Duration.ofMinutes(2).plusSeconds(10));
    }

    /** It has no final line to wait for. */
    @Test
    void stopsWaitingForTheLogOfAKilledDriverAfterTheQuietPeriod() {
        fixture.ship(STEP + "stderr.gz", DRIVER_CONTAINER_EXITED.formatted(137)).stepFailed();
        fixture.shipAfter(Duration.ofMinutes(2), DRIVER + "stderr.gz", DRIVER_STARTED);

        assertThat(fixture.diagnose(SEVEN_MINUTES).map(Diagnosis::cause))
                .contains("AM Container for appattempt_1795183200000_0003_000001 exited with  exitCode: 137");
        assertThat(fixture.time().elapsed()).isEqualTo(Duration.ofMinutes(2).plusSeconds(30));
    }

    @Test
    void theFinalLineOfAnExecutorThatTheDriverQuotesIsNotTheDriversOwn() {
        String quote = """
                26/11/21 03:44:55 WARN YarnAllocator: Container from a bad node: container_1795183200000_0003_01_000002 on host: ip-10-0-4-31. Exit status: 52. Diagnostics: Exception from container-launch.
                Last 4096 bytes of stderr :
                26/11/21 03:44:55 INFO ShutdownHookManager: Shutdown hook called

                .
                """;
        fixture.ship(STEP + "stderr.gz", APPLICATION_FAILED)
                .stepFailed()
                .ship(DRIVER + "stderr.gz", DRIVER_STARTED + quote);
        fixture.shipAfter(Duration.ofMinutes(3), DRIVER + "stderr.gz", DRIVER_STARTED + quote + EMPTY_TITLE);

        assertThat(fixture.diagnose(SEVEN_MINUTES).map(Diagnosis::cause))
                .contains("java.lang.IllegalStateException: title 7 is empty");
    }

    @Test
    void ignoresTheCauseInAnIncompleteLog() {
        fixture.ship(STEP + "stderr.gz", """
                26/11/21 03:45:01 INFO SparkContext: Running Spark version 3.5.6-amzn-1
                java.io.IOException: first try failed
                \tat com.example.titles.Fetch.once(Fetch.java:10)
                """);
        fixture.shipAfter(Duration.ofMinutes(3), STEP + "stderr.gz", EMPTY_TITLE);
        fixture.time().schedule(Duration.ofMinutes(3), fixture::stepFailed);

        assertThat(fixture.diagnose(SEVEN_MINUTES).map(Diagnosis::cause))
                .contains("java.lang.IllegalStateException: title 7 is empty");
    }

    @Test
    void findsTheCauseInTheLogOfALostExecutor() {
        String lostContainer = "containers/" + APPLICATION + "/container_1795183200000_0003_01_000004/";
        fixture.ship(STEP + "stderr.gz", APPLICATION_FAILED)
                .stepFailed()
                .ship(DRIVER + "stderr.gz", """
                        26/11/21 03:45:10 ERROR YarnClusterScheduler: Lost executor 3 on ip-10-0-4-31: Remote RPC client disassociated. container_1795183200000_0003_01_000004 exited
                        26/11/21 03:45:12 ERROR ApplicationMaster: User application exited with status 1
                        26/11/21 03:45:12 INFO ApplicationMaster: Final app status: FAILED, exitCode: 1
                        """)
                .ship("containers/" + APPLICATION + "/container_1795183200000_0003_01_000002/stderr.gz", """
                        26/11/21 03:45:10 ERROR Executor: Exception in task 1.0 in stage 0.0 (TID 1)
                        java.io.IOException: Connection reset by peer
                        \tat java.base/sun.nio.ch.SocketDispatcher.read0(Native Method)
                        """)
                .ship(lostContainer + "stderr.gz", """
                        26/11/21 03:45:10 ERROR Executor: Exception in task 0.0 in stage 0.0 (TID 0)
                        java.lang.OutOfMemoryError: Java heap space
                        \tat com.example.titles.Words.all(Words.java:12)
                        """);

        assertThat(fixture.diagnose(SEVEN_MINUTES))
                .contains(
                        new Diagnosis(
                                "java.lang.OutOfMemoryError: Java heap space",
                                "lines 2–3 of " + URI + lostContainer + "stderr.gz",
                                "Raise the step's executor_memory (locally: driver_memory), or lower executor_cores to let fewer tasks share the heap."));
    }

    @Test
    void prefersTheLaterOfTwoApplicationAttempts() {
        String second = DRIVER.replace("_01_", "_02_");
        fixture.ship(STEP + "stderr.gz", APPLICATION_FAILED)
                .stepFailed()
                .ship(DRIVER + "stderr.gz", EMPTY_TITLE)
                .ship(second + "stderr.gz", EMPTY_TITLE.replace("title 7", "title 8"));

        assertThat(fixture.diagnose(SEVEN_MINUTES).map(Diagnosis::location))
                .contains("lines 2–3 of " + URI + second + "stderr.gz");
    }

    @Test
    void waitsForTheDriverOfTheLastApplication() {
        String later = APPLICATION.replace("_0003", "_0004");
        String laterDriver = DRIVER.replace("_0003", "_0004");
        fixture.ship(STEP + "stderr.gz", APPLICATION_FAILED + APPLICATION_FAILED.replace("_0003", "_0004"))
                .stepFailed()
                .ship(DRIVER + "stderr.gz", EMPTY_TITLE);
        fixture.shipAfter(Duration.ofMinutes(2), laterDriver + "stderr.gz", EMPTY_TITLE.replace("title 7", "title 8"));

        assertThat(fixture.diagnose(SEVEN_MINUTES).map(Diagnosis::location))
                .contains("lines 2–3 of " + URI + laterDriver + "stderr.gz");
        assertThat(fixture.waits.get(0).awaited()).isEqualTo("the driver's log of " + later);
        assertThat(fixture.time().elapsed()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void acceptsOtherFileNamesAndUncompressedLogs() {
        fixture.shipBytes(STEP + "stderr.txt", "nothing\n".getBytes(UTF_8))
                .ship(STEP + "stdout.txt.gz", TRACEBACK)
                .ship(STEP + "directory.info.gz", EMPTY_TITLE)
                .stepFailed();

        assertThat(fixture.diagnose(SEVEN_MINUTES).map(Diagnosis::location))
                .contains("lines 2–5 of " + URI + STEP + "stdout.txt.gz");
    }

    @Test
    void readsMultiMemberAndTruncatedGzipFiles() {
        byte[] first = StepLogsFixture.gzip("one\n");
        byte[] second = StepLogsFixture.gzip(EMPTY_TITLE);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        fixture.shipBytes(STEP + "stderr.gz", both).stepFailed();
        assertThat(fixture.diagnose(SEVEN_MINUTES).map(Diagnosis::location))
                .contains("lines 3–4 of " + URI + STEP + "stderr.gz");

        fixture.shipBytes(STEP + "stderr.gz", Arrays.copyOf(both, both.length - 9));
        assertThat(fixture.diagnose(SEVEN_MINUTES).map(Diagnosis::location))
                .contains("lines 3–4 of " + URI + STEP + "stderr.gz");
    }

    @Test
    void usesAMessageWithoutAStackTraceOnlyAfterTheQuietPeriod() {
        fixture.ship(STEP + "stderr.gz", "26/11/21 03:45:12 ERROR Main: the stop words hold no language 'zh'\n")
                .stepFailed();

        assertThat(fixture.diagnose(SEVEN_MINUTES).map(Diagnosis::cause))
                .contains("the stop words hold no language 'zh'");
        assertThat(fixture.time().elapsed()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void reportsLogsThatCannotBeRead() {
        fixture.ship(STEP + "stderr.gz", EMPTY_TITLE).stepFailed();
        fixture.aws.faults().deny("s3", "GetObject");

        assertThat(fixture.diagnose(SEVEN_MINUTES)).isEmpty();
        assertThat(fixture.errors).hasSize(1);
        assertThat(fixture.errors.get(0)).startsWith("Could not read " + URI + STEP + "stderr.gz. AccessDenied");
        assertThat(fixture.time().elapsed()).isZero();
    }

    @Test
    void toleratesTransientFaults() {
        fixture.ship(STEP + "stderr.gz", APPLICATION_FAILED)
                .stepFailed()
                .ship(DRIVER + "stderr.gz", DRIVER_EXITED)
                .ship(DRIVER + "stdout.gz", TRACEBACK);
        fixture.aws.faults().add(Fault.throttled(), Calls.named("ListObjectsV2").everyNth(2));
        fixture.aws
                .faults()
                .add(Fault.responseTruncated(), Calls.named("GetObject").first(2));
        fixture.aws
                .faults()
                .add(Fault.unavailable(), Calls.named("ListObjectsV2").first(3));

        assertThat(fixture.diagnose(SEVEN_MINUTES).map(Diagnosis::cause)).contains("KeyError: 'language'");
        assertThat(fixture.errors).isEmpty();
    }
}
