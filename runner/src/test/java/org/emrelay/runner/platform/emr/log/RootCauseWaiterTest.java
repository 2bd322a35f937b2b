package org.emrelay.runner.platform.emr.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.emr.log.LogRoom.APPLICATION;
import static org.emrelay.runner.platform.emr.log.LogRoom.DRIVER;
import static org.emrelay.runner.platform.emr.log.LogRoom.STEP;
import static org.emrelay.runner.platform.emr.log.LogRoom.URI;

import java.time.Duration;
import java.util.Arrays;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.emr.log.LogWaitPolicy.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cause is found in whichever log tells it, however late that comes, and in no other. */
final class RootCauseWaiterTest {
    private static final Duration SEVEN_MINUTES = Duration.ofMinutes(7);

    private static final String EMPTY_TITLE = """
            26/11/21 03:45:01 INFO SparkContext: Running Spark version 3.5.6-amzn-1
            Exception in thread "main" java.lang.IllegalStateException: title 7 is empty
            \tat com.example.titles.ExtractWords.main(ExtractWords.java:38)
            26/11/21 03:45:12 INFO ShutdownHookManager: Shutdown hook called
            """;
    private static final String FAILED_ELSEWHERE = """
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
    private static final String TRACEBACK = """
            reading s3://ada-titles/input
            Traceback (most recent call last):
              File "/mnt/tmp/spark-1/count_words.py", line 12, in <module>
                main(sys.argv)
            KeyError: 'language'
            """;

    private final LogRoom room = new LogRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void aStepsOwnLogThatTellsIsAskedFirstAndNobodyWaits() {
        room.ship(STEP + "stderr.gz", EMPTY_TITLE).stepFailed();

        assertThat(room.diagnose(SEVEN_MINUTES))
                .contains(new Diagnosis(
                        "java.lang.IllegalStateException: title 7 is empty",
                        "lines 2–3 of " + URI + STEP + "stderr.gz",
                        ""));
        assertThat(room.waited).isEmpty();
    }

    @Test
    void aReportThatTheApplicationFailedYieldsToTheDriversTraceback() {
        room.ship(STEP + "stderr.gz", FAILED_ELSEWHERE)
                .stepFailed()
                .ship(DRIVER + "stderr.gz", DRIVER_EXITED)
                .ship(DRIVER + "stdout.gz", TRACEBACK);

        assertThat(room.diagnose(SEVEN_MINUTES))
                .contains(new Diagnosis("KeyError: 'language'", "lines 2–5 of " + URI + DRIVER + "stdout.gz", ""));
        assertThat(room.waited).isEmpty();
    }

    @Test
    void logsThatComeLateAreWaitedForWithACountdown() {
        room.shipAfter(Duration.ofMinutes(2), STEP + "stderr.gz", FAILED_ELSEWHERE);
        room.time().after(Duration.ofMinutes(2), room::stepFailed);
        room.shipAfter(Duration.ofMinutes(4), DRIVER + "stderr.gz", DRIVER_EXITED);
        room.shipAfter(Duration.ofMinutes(4).plusSeconds(10), DRIVER + "stdout.gz", TRACEBACK);

        assertThat(room.diagnose(SEVEN_MINUTES).map(Diagnosis::cause)).contains("KeyError: 'language'");
        assertThat(room.waited.get(0)).isEqualTo(new Waiting("the logs of step s-2ABC", SEVEN_MINUTES));
        assertThat(room.waited.get(1).left()).isEqualTo(SEVEN_MINUTES.minusSeconds(5));
        assertThat(room.waited).contains(new Waiting("the driver's log of " + APPLICATION, Duration.ofMinutes(4)));
        assertThat(room.time().elapsed()).isEqualTo(Duration.ofMinutes(4).plusSeconds(10));
    }

    @Test
    void logsThatNeverComeAreWaitedForNoLongerThanAsked() {
        assertThat(room.diagnose(Duration.ofSeconds(72))).isEmpty();
        assertThat(room.time().elapsed()).isEqualTo(Duration.ofSeconds(72));
        assertThat(room.waited).hasSize(15);
        assertThat(room.troubles).isEmpty();
    }

    @Test
    void whoWaitsForNothingGetsWhatIsThere() {
        assertThat(room.diagnose(Duration.ZERO)).isEmpty();

        room.ship(STEP + "stderr.gz", EMPTY_TITLE);

        assertThat(room.diagnose(Duration.ZERO)).isPresent();
        assertThat(room.time().elapsed()).isZero();
    }

    @Test
    void aDriversLogThatNeverComesIsNamed() {
        room.ship(STEP + "stderr.gz", FAILED_ELSEWHERE).stepFailed();

        assertThat(room.diagnose(Duration.ofMinutes(1)))
                .contains(new Diagnosis(
                        "org.apache.spark.SparkException: Application " + APPLICATION + " finished with failed status",
                        "lines 4–5 of " + URI + STEP + "stderr.gz",
                        "The driver tells why, but its log has not come yet: look again in some minutes with -a logs, or at "
                                + URI + "containers/" + APPLICATION + "/."));
    }

    @Test
    void whatALogSaysBeforeItIsWholeIsNotTheCause() {
        room.ship(STEP + "stderr.gz", """
                26/11/21 03:45:01 INFO SparkContext: Running Spark version 3.5.6-amzn-1
                java.io.IOException: first try failed
                \tat com.example.titles.Fetch.once(Fetch.java:10)
                """);
        room.shipAfter(Duration.ofMinutes(3), STEP + "stderr.gz", EMPTY_TITLE);
        room.time().after(Duration.ofMinutes(3), room::stepFailed);

        assertThat(room.diagnose(SEVEN_MINUTES).map(Diagnosis::cause))
                .contains("java.lang.IllegalStateException: title 7 is empty");
    }

    @Test
    void anExecutorsLogTellsWhatTheDriverOnlyFelt() {
        String lost = "containers/" + APPLICATION + "/container_1795183200000_0003_01_000004/";
        room.ship(STEP + "stderr.gz", FAILED_ELSEWHERE)
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
                .ship(lost + "stderr.gz", """
                        26/11/21 03:45:10 ERROR Executor: Exception in task 0.0 in stage 0.0 (TID 0)
                        java.lang.OutOfMemoryError: Java heap space
                        \tat com.example.titles.Words.all(Words.java:12)
                        """);

        assertThat(room.diagnose(SEVEN_MINUTES))
                .contains(
                        new Diagnosis(
                                "java.lang.OutOfMemoryError: Java heap space",
                                "lines 2–3 of " + URI + lost + "stderr.gz",
                                "Raise the step's executor_memory (driver_memory where it runs on one machine), or lower executor_cores so that fewer tasks share it."));
    }

    @Test
    void theLaterOfTwoAttemptsAtAnApplicationIsAskedFirst() {
        String second = DRIVER.replace("_01_", "_02_");
        room.ship(STEP + "stderr.gz", FAILED_ELSEWHERE)
                .stepFailed()
                .ship(DRIVER + "stderr.gz", EMPTY_TITLE)
                .ship(second + "stderr.gz", EMPTY_TITLE.replace("title 7", "title 8"));

        assertThat(room.diagnose(SEVEN_MINUTES).map(Diagnosis::where))
                .contains("lines 2–3 of " + URI + second + "stderr.gz");
    }

    @Test
    void theDriverOfTheLastApplicationIsWaitedFor() {
        String later = APPLICATION.replace("_0003", "_0004");
        String laterDriver = DRIVER.replace("_0003", "_0004");
        room.ship(STEP + "stderr.gz", FAILED_ELSEWHERE + FAILED_ELSEWHERE.replace("_0003", "_0004"))
                .stepFailed()
                .ship(DRIVER + "stderr.gz", EMPTY_TITLE);
        room.shipAfter(Duration.ofMinutes(2), laterDriver + "stderr.gz", EMPTY_TITLE.replace("title 7", "title 8"));

        assertThat(room.diagnose(SEVEN_MINUTES).map(Diagnosis::where))
                .contains("lines 2–3 of " + URI + laterDriver + "stderr.gz");
        assertThat(room.waited.get(0).what()).isEqualTo("the driver's log of " + later);
        assertThat(room.time().elapsed()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void namesAndZippingMayVary() {
        room.shipBytes(STEP + "stderr.txt", "nothing\n".getBytes(UTF_8))
                .ship(STEP + "stdout.txt.gz", TRACEBACK)
                .ship(STEP + "directory.info.gz", EMPTY_TITLE)
                .stepFailed();

        assertThat(room.diagnose(SEVEN_MINUTES).map(Diagnosis::where))
                .contains("lines 2–5 of " + URI + STEP + "stdout.txt.gz");
    }

    @Test
    void aLogOfSeveralZippedPiecesIsReadToTheEndAndOneThatIsCutOffAsFarAsItGoes() {
        byte[] first = LogRoom.zipped("one\n");
        byte[] second = LogRoom.zipped(EMPTY_TITLE);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        room.shipBytes(STEP + "stderr.gz", both).stepFailed();
        assertThat(room.diagnose(SEVEN_MINUTES).map(Diagnosis::where))
                .contains("lines 3–4 of " + URI + STEP + "stderr.gz");

        room.shipBytes(STEP + "stderr.gz", Arrays.copyOf(both, both.length - 9));
        assertThat(room.diagnose(SEVEN_MINUTES).map(Diagnosis::where))
                .contains("lines 3–4 of " + URI + STEP + "stderr.gz");
    }

    @Test
    void aSentenceWithoutATraceIsTheCauseOnlyOnceNothingBetterHasCome() {
        room.ship(STEP + "stderr.gz", "26/11/21 03:45:12 ERROR Main: the stop words hold no language 'zh'\n")
                .stepFailed();

        assertThat(room.diagnose(SEVEN_MINUTES).map(Diagnosis::cause)).contains("the stop words hold no language 'zh'");
        assertThat(room.time().elapsed()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void logsThatMayNotBeReadAreTrouble() {
        room.ship(STEP + "stderr.gz", EMPTY_TITLE).stepFailed();
        room.fake.faults().deny("s3", "GetObject");

        assertThat(room.diagnose(SEVEN_MINUTES)).isEmpty();
        assertThat(room.troubles).hasSize(1);
        assertThat(room.troubles.get(0)).startsWith("Could not read " + URI + STEP + "stderr.gz. AccessDenied");
        assertThat(room.time().elapsed()).isZero();
    }

    @Test
    void faultsThatPassDoNoHarm() {
        room.ship(STEP + "stderr.gz", FAILED_ELSEWHERE)
                .stepFailed()
                .ship(DRIVER + "stderr.gz", DRIVER_EXITED)
                .ship(DRIVER + "stdout.gz", TRACEBACK);
        room.fake.faults().add(Fault.throttled(), Calls.named("ListObjectsV2").every(2));
        room.fake.faults().add(Fault.answerCut(), Calls.named("GetObject").first(2));
        room.fake.faults().add(Fault.unavailable(), Calls.named("ListObjectsV2").first(3));

        assertThat(room.diagnose(SEVEN_MINUTES).map(Diagnosis::cause)).contains("KeyError: 'language'");
        assertThat(room.troubles).isEmpty();
    }
}
