package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Out-of-memory failures of the heap, the container and the host. */
final class MemoryCausesTest {

    @Test
    void suggestsExecutorMemoryForAFullHeapInATask() {
        assertThat(SampleLog.cause("heap-in-task.log"))
                .contains(
                        new Cause(
                                "java.lang.OutOfMemoryError: Java heap space",
                                24,
                                33,
                                "Raise the step's executor_memory (locally: driver_memory), or lower executor_cores to let fewer tasks share the heap."));
    }

    @Test
    void suggestsDriverMemoryForAFullHeapInMain() {
        assertThat(SampleLog.cause("heap-in-driver.log"))
                .contains(new Cause(
                        "java.lang.OutOfMemoryError: Java heap space",
                        16,
                        25,
                        "Raise the step's driver_memory, or write the result instead of collecting it."));
    }

    @Test
    void reportsADriverWithTooLittleMemoryToStart() {
        assertThat(SampleLog.cause("driver-memory-too-small.log"))
                .contains(new Cause(
                        "org.apache.spark.SparkIllegalArgumentException: [INVALID_DRIVER_MEMORY] System memory 104857600 must be at least 471859200. Please increase heap size using the --driver-memory option or \"spark.driver.memory\" in Spark configuration.",
                        8,
                        17,
                        "Raise the step's driver_memory and executor_memory to 512M or more."));
    }

    @Test
    void reportsAResultTooLargeToCollect() {
        assertThat(SampleLog.cause("max-result-size.log"))
                .contains(
                        new Cause(
                                "org.apache.spark.SparkException: Job aborted due to stage failure: Total size of serialized results of 1 tasks (25.5 MiB) is bigger than spark.driver.maxResultSize (1024.0 KiB)",
                                33,
                                42,
                                "Write the result instead of collecting it, or raise spark.driver.maxResultSize in spark_conf."));
    }

    @Test
    void aContainerKilledWithExitCode137IsTheCause() {
        assertThat(SampleLog.cause("container-killed-137.log"))
                .contains(
                        new Cause(
                                """
                ExecutorLostFailure (executor 5 exited caused by one of the running tasks) Reason: Container from a bad node: container_1795183200000_0007_01_000006 on host: ip-10-0-4-31.ec2.internal. Exit status: 137. Diagnostics: [2026-11-20 15:21:29.870]Container killed on request. Exit code is 137
                [2026-11-20 15:21:29.871]Container exited with a non-zero exit code 137.
                [2026-11-20 15:21:29.871]Killed by external signal""",
                                8,
                                10,
                                "The executor was killed (SIGKILL), usually for lack of memory: raise executor_memory, or spark.executor.memoryOverhead in spark_conf for Python and native code."));
    }

    @Test
    void aDriverContainerBeyondItsMemoryLimitIsTheCause() {
        assertThat(SampleLog.cause("container-memory-limit.log"))
                .contains(
                        new Cause(
                                "Container [pid=14211,containerID=container_1795183200000_0008_01_000001] is running 92274688B beyond the 'PHYSICAL' memory limit. Current usage: 2.5 GB of 2.4 GB physical memory used; 4.9 GB of 11.9 GB virtual memory used. Killing container.",
                                5,
                                5,
                                "The driver exceeded its memory limit: raise driver_memory, or spark.driver.memoryOverhead in spark_conf for Python and native code."));
    }

    @Test
    void aMemoryWarningWinsOverTheLostConnectionItCauses() {
        assertThat(SampleLog.cause("yarn-memory-warning.log"))
                .contains(
                        new Cause(
                                "ExecutorLostFailure (executor 4 exited caused by one of the running tasks) Reason: Container killed by YARN for exceeding memory limits. 5.6 GB of 5.5 GB physical memory used. Consider boosting spark.yarn.executor.memoryOverhead.",
                                2,
                                2,
                                "The container exceeded its memory limit: raise executor_memory, or spark.executor.memoryOverhead in spark_conf for Python and native code."));
    }

    @Test
    void exitCode143IsTheCauseIfThereIsNoOther() {
        assertThat(SampleLog.cause("container-143.log"))
                .contains(
                        new Cause(
                                "Container from a bad node: container_1795183200000_0009_01_000002 on host: ip-10-0-4-31.ec2.internal. Exit status: 143. Diagnostics: [2026-11-20 16:05:40.002]Container killed on request. Exit code is 143",
                                2,
                                2,
                                "The container was terminated (SIGTERM): unless the step was cancelled, raise executor_memory or spark.executor.memoryOverhead in spark_conf."));
    }

    @Test
    void aProcessKilledByTheSystemIsTheCause() {
        assertThat(SampleLog.cause("killed-by-system.log"))
                .contains(
                        new Cause(
                                "/usr/lib/spark/bin/spark-class: line 98: 20144 Killed                  \"${CMD[@]}\"",
                                2,
                                2,
                                "The host ran out of memory: lower driver_memory or executor_memory, or run fewer steps concurrently."));
    }
}
