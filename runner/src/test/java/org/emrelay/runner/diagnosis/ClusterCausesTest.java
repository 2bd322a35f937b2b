package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.diagnosis.Finding.Certainty;
import org.junit.jupiter.api.Test;

/** Logs of a cluster: log layouts of EMR and YARN, container failures, and application status reports. */
final class ClusterCausesTest {
    private static final String CHECK_PATH = "Check the path of the input, and that the upstream step wrote to it.";

    @Test
    void namesAMissingS3Path() {
        assertThat(SampleLog.finding("""
                26/11/21 03:45:12 ERROR ApplicationMaster: User class threw exception:\s
                java.io.FileNotFoundException: No such file or directory: s3://ada-titles/input/mask.png
                \tat com.amazon.ws.emr.hadoop.fs.s3n.S3NativeFileSystem.getFileStatus(S3NativeFileSystem.java:521)
                \tat com.example.titles.DrawClouds.main(DrawClouds.java:33)
                26/11/21 03:45:12 INFO ApplicationMaster: Final app status: FAILED, exitCode: 15
                """))
                .isEqualTo(new Finding(
                        new Cause(
                                "java.io.FileNotFoundException: No such file or directory: s3://ada-titles/input/mask.png",
                                2,
                                4,
                                CHECK_PATH),
                        Certainty.FINAL));
    }

    @Test
    void parsesOtherLogLayouts() {
        for (String header : List.of(
                "2026-11-21T03:45:12.345Z ERROR [main] com.example.Main - ",
                "2026-11-21T03:45:12,345 [main] ERROR com.example.Main - ",
                "2026-11-21 03:45:12,345 ERROR com.example.Main: ",
                "[2026-11-21 03:45:12.345] ERROR com.example.Main: ",
                "2026-11-21T03:45:12.345+0000 ERROR Main: ",
                "03:45:12.345 [main] ERROR com.example.Main - ",
                "ERROR Main: ")) {
            String infoHeader = header.replace("ERROR", "INFO");
            assertThat(SampleLog.finding(infoHeader + "reading\n" + header + "could not read\n"
                            + "java.lang.IllegalStateException: row 7 is empty\n\tat com.example.Main.main(Main.java:7)\n"
                            + infoHeader + "stopped\n"))
                    .as(header)
                    .isEqualTo(new Finding(
                            new Cause("java.lang.IllegalStateException: row 7 is empty", 3, 4, ""),
                            Certainty.EXCEPTION));
        }
    }

    @Test
    void suggestsDriverMemoryForAKilledDriver() {
        assertThat(SampleLog.finding("""
                26/11/21 03:45:14 INFO Client: Application report for application_1795183200000_0021 (state: FAILED)
                26/11/21 03:45:14 INFO Client:\s
                \t client token: N/A
                \t diagnostics: Application application_1795183200000_0021 failed 1 times due to AM Container for appattempt_1795183200000_0021_000001 exited with  exitCode: 137
                Failing this attempt.Diagnostics: [2026-11-21 03:45:13.870]Container killed on request. Exit code is 137
                [2026-11-21 03:45:13.871]Container exited with a non-zero exit code 137.\s
                Exception in thread "main" org.apache.spark.SparkException: Application application_1795183200000_0021 finished with failed status
                \tat org.apache.spark.deploy.yarn.Client.run(Client.scala:1325)
                """))
                .isEqualTo(new Finding(
                        new Cause(
                                "AM Container for appattempt_1795183200000_0021_000001 exited with  exitCode: 137",
                                4,
                                4,
                                "The driver was killed (SIGKILL), usually for lack of memory: raise driver_memory, or spark.driver.memoryOverhead in spark_conf for Python and native code."),
                        Certainty.LOST_PROCESS));
    }

    @Test
    void anApplicationFailurePointsToTheDriverLog() {
        for (String report : List.of(
                "26/11/21 03:45:14 ERROR Client: Application diagnostics message: Application application_1795183200000_0021 failed 1 times due to AM Container for appattempt_1795183200000_0021_000001 exited with  exitCode: 13\n",
                "26/11/21 03:45:14 ERROR Client: Application diagnostics message: User application exited with status 1\n",
                """
                Exception in thread "main" org.apache.spark.SparkException: Application application_1795183200000_0021 finished with killed status
                \tat org.apache.spark.deploy.yarn.Client.run(Client.scala:1325)
                """)) {
            Finding finding = SampleLog.finding(report);

            assertThat(finding.mayBeInAnotherLog()).as(report).isTrue();
            assertThat(finding.isConclusive()).as(report).isFalse();
        }
    }

    @Test
    void anErrorMessageWithoutATraceIsNotConclusive() {
        assertThat(SampleLog.finding("26/11/21 03:45:14 ERROR Main: the stop words hold no language 'zh'\n"))
                .isEqualTo(new Finding(new Cause("the stop words hold no language 'zh'", 1, 1, ""), Certainty.MESSAGE));
    }

    @Test
    void anExecutorKilledByYarnIsTheCauseOfItsLostTasks() {
        assertThat(SampleLog.finding("""
                26/11/21 03:45:12 WARN YarnSchedulerBackend$YarnSchedulerEndpoint: Requesting driver to remove executor 2 for reason Container killed by YARN for exceeding memory limits. 3.1 GB of 3 GB physical memory used. Consider boosting spark.executor.memoryOverhead.
                26/11/21 03:45:12 ERROR YarnClusterScheduler: Lost executor 2 on ip-10-0-4-31.ec2.internal: Container killed by YARN for exceeding memory limits. 3.1 GB of 3 GB physical memory used. Consider boosting spark.executor.memoryOverhead.
                26/11/21 03:45:13 ERROR ApplicationMaster: User class threw exception:\s
                org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure: Lost task 0.3 in stage 1.0 (TID 9) (ip-10-0-4-31.ec2.internal executor 2): ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Container killed by YARN for exceeding memory limits. 3.1 GB of 3 GB physical memory used. Consider boosting spark.executor.memoryOverhead.
                Driver stacktrace:
                \tat org.apache.spark.scheduler.DAGScheduler.failJobAndIndependentStages(DAGScheduler.scala:2898)
                """))
                .isEqualTo(new Finding(
                        new Cause(
                                "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Container killed by YARN for exceeding memory limits. 3.1 GB of 3 GB physical memory used. Consider boosting spark.executor.memoryOverhead.",
                                4,
                                4,
                                "The container exceeded its memory limit: raise executor_memory, or spark.executor.memoryOverhead in spark_conf for Python and native code."),
                        Certainty.FINAL));
    }

    @Test
    void theLineListenerReceivesEveryLine() throws IOException {
        List<String> lines = new ArrayList<>();

        Optional<Finding> finding = CauseFinder.find(
                SampleLog.utf8("one\nSubmitted application application_1_0001\nlast"),
                SparkProcess.DRIVER,
                new LineListener() {
                    @Override
                    public void accept(String line) {
                        lines.add(line);
                    }

                    @Override
                    public void skip(long count) {
                        throw new AssertionError("a short log is read whole");
                    }
                });

        assertThat(finding).isEmpty();
        assertThat(lines).containsExactly("one", "Submitted application application_1_0001", "last");
    }
}
