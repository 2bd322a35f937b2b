package org.emrelay.runner.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.emrelay.runner.profile.Spread;
import org.junit.jupiter.api.Test;

final class StepFindingsTest {
    private static final long MB = 1L << 20;
    private static final Spread EVEN = new Spread(4_000, 5_000, 6_000);
    private static final Spread EVEN_READS = new Spread(40 * MB, 45 * MB, 50 * MB);

    private static StepFactsBuilder step() {
        return new StepFactsBuilder();
    }

    private static void assertOnly(StepFactsBuilder step, StepFinding expected) {
        assertThat(step.findings()).containsExactly(expected);
    }

    private static StepFinding finding(
            FindingKind kind,
            String headline,
            String evidence,
            long stakeMillis,
            boolean shortens,
            ProposedSetting setting) {
        return new StepFinding(kind, headline, evidence, Duration.ofMillis(stakeMillis), shortens, setting);
    }

    @Test
    void findsNothingInAHealthyStep() {
        assertThat(step().scan(16, 20, EVEN, 500 * MB, 200 * MB)
                        .shuffleStage(16, 20, EVEN, EVEN_READS)
                        .output(8, 300 * MB)
                        .findings())
                .isEmpty();
    }

    @Test
    void findsALargePartitionThatSparkCanSplit() {
        Spread skewed = new Spread(2_000, 3_000, 40_000);
        assertOnly(
                step().shuffleStage(40, 45, skewed, new Spread(20 * MB, 30 * MB, 200 * MB)),
                finding(
                        FindingKind.SKEW,
                        "One task of a join did most of the work.",
                        "Stage 0: the longest task took 40 s and read 209.7 MB, the median 2.0 s and 21.0 MB.",
                        45_000 - (39 * 2_000 + 40_000) / 4,
                        true,
                        ProposedSetting.conf(
                                "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes", "256MB", "64MB")));
    }

    @Test
    void splitsALargePartitionByAdaptiveExecution() {
        Spread skewed = new Spread(2_000, 3_000, 40_000);
        assertThat(step().adaptive(false)
                        .shuffleStage(40, 45, skewed, new Spread(20 * MB, 30 * MB, 900 * MB))
                        .findings())
                .extracting(finding -> finding.setting().text())
                .containsExactly("spark_conf[\"spark.sql.adaptive.enabled\"]: false → true");
    }

    @Test
    void broadcastsTheSmallSideOfASkewedJoin() {
        Spread skewed = new Spread(2_000, 3_000, 40_000);
        Spread reads = new Spread(MB, MB, 30 * MB);
        assertThat(step().scan(16, 20, EVEN, 500 * MB, 200 * MB)
                        .scan(16, 20, EVEN, 50 * MB, 20 * MB)
                        .shuffleStage(40, 45, skewed, reads)
                        .findings())
                .extracting(finding -> finding.setting().text())
                .containsExactly("spark_conf[\"spark.sql.autoBroadcastJoinThreshold\"]: 10MB → 100MB");
        assertThat(step().scan(16, 20, EVEN, 500 * MB, 200 * MB)
                        .shuffleStage(40, 45, skewed, reads)
                        .findings())
                .as("an aggregation")
                .isEmpty();
    }

    @Test
    void ignoresASlowTaskWithoutSkew() {
        Spread slow = new Spread(2_000, 3_000, 40_000);
        assertThat(step().shuffleStage(40, 45, slow, EVEN_READS).findings()).isEmpty();
    }

    @Test
    void findsSpills() {
        assertOnly(
                step().spilled(3_000_000_000L),
                finding(
                        FindingKind.SPILL,
                        "Executors had too little memory for sorts and aggregations.",
                        "Spilled 3.0 GB from memory, 1.0 GB on disk.",
                        15_000,
                        true,
                        new ProposedSetting("executor_memory", "4G", "8G")));
    }

    @Test
    void findsGarbageCollectionInAFullHeap() {
        assertOnly(
                step().gc(0.3),
                finding(
                        FindingKind.GC_PRESSURE,
                        "Garbage collection slowed down the tasks.",
                        "It took 30 % of the tasks' time; the heap was up to 75 % full.",
                        27_000,
                        true,
                        new ProposedSetting("executor_memory", "4G", "8G")));
        assertThat(step().gc(0.3).heap(4L << 30, 2L << 30).findings()).isEmpty();
    }

    @Test
    void reportsTheStrongerOfSpillsAndGarbageCollection() {
        assertThat(step().gc(0.3).spilled(3_000_000_000L).findings())
                .extracting(StepFinding::kind)
                .containsExactly(FindingKind.GC_PRESSURE);
        assertThat(step().gc(0.12).spilled(3_000_000_000L).findings())
                .extracting(StepFinding::kind)
                .containsExactly(FindingKind.SPILL);
    }

    @Test
    void proposesTheKeyThatTheFileUses() {
        assertThat(step().gc(0.3).conf("spark.executor.memory", "4g").findings())
                .extracting(finding -> finding.setting().text())
                .containsExactly("spark_conf[\"spark.executor.memory\"]: 4G → 8G");
    }

    @Test
    void findsIdleCores() {
        assertOnly(
                step().executors(10).used(0.2),
                finding(
                        FindingKind.IDLE_CORES,
                        "Most cores were idle while tasks ran.",
                        "Tasks used 20 % of the 20 cores of 10 executors.",
                        63_000,
                        false,
                        new ProposedSetting("num_executors", "10", "3")));
        assertThat(step().executors(10).used(0.2).dynamic().findings())
                .extracting(finding -> finding.setting().text())
                .containsExactly("spark_conf[\"spark.dynamicAllocation.maxExecutors\"]: unlimited → 3");
        assertThat(step().local().used(0.2).findings()).isEmpty();
    }

    @Test
    void findsMemoryThatIsNeverUsed() {
        assertOnly(
                step().heap(16L << 30, 2L << 30),
                finding(
                        FindingKind.MEMORY_OVER_PROVISIONED,
                        "Executors used little of their memory.",
                        "The heap peaked at 2.1 GB, 13 % of what was requested.",
                        32_500,
                        false,
                        new ProposedSetting("executor_memory", "16G", "3G")));
        assertThat(step().local().heap(16L << 30, 2L << 30).findings()).isEmpty();
        assertThat(step().heap(1L << 30, 100 * MB).findings())
                .as("Spark's default")
                .isEmpty();
    }

    @Test
    void findsExecutorsThatRanOutOfHeap() {
        assertOnly(
                step().lost("Command exited with code 52").failed(2).shuffleStage(8, 60, EVEN, EVEN_READS),
                finding(
                        FindingKind.MEMORY_UNDER_PROVISIONED,
                        "Executors ran out of memory.",
                        "Spark lost 1 of 2 executors; 2 tasks failed. The first reason: Command exited with code 52",
                        15_000,
                        true,
                        new ProposedSetting("executor_memory", "4G", "8G")));
    }

    @Test
    void findsContainersThatRanOutOfMemory() {
        assertThat(step().lost(
                                "Container killed by YARN for exceeding physical memory limits."
                                        + " 4.5 GB of 4.5 GB physical memory used. Consider boosting spark.executor.memoryOverhead.")
                        .failed(2)
                        .shuffleStage(8, 60, EVEN, EVEN_READS)
                        .findings())
                .extracting(finding -> finding.setting().text())
                .containsExactly("spark_conf[\"spark.executor.memoryOverhead\"]: 410M → 820M");
    }

    @Test
    void findsTinyTasks() {
        assertOnly(
                step().executors(1)
                        .adaptive(false)
                        .shuffleStage(200, 5, new Spread(30, 40, 90), new Spread(1_000, 2_000, 3_000))
                        .shuffleStage(200, 5, new Spread(40, 40, 90), new Spread(1_000, 2_000, 3_000))
                        .shuffleStage(200, 5, new Spread(20, 40, 90), new Spread(1_000, 2_000, 3_000)),
                finding(
                        FindingKind.TINY_TASKS,
                        "Tasks were too short compared with the time to start them.",
                        "Stage 0 had 200 tasks on 2 cores; half of them took at most 30 ms.",
                        194 * (20 + 20 + 20) / 2,
                        true,
                        ProposedSetting.conf("spark.sql.shuffle.partitions", "200", "6")));
    }

    @Test
    void findsStagesWithFewerTasksThanCores() {
        assertOnly(
                step().executors(4).scan(2, 40, new Spread(39_000, 40_000, 40_000), 300 * MB, 0),
                finding(
                        FindingKind.TOO_FEW_PARTITIONS,
                        "A stage had fewer tasks than cores.",
                        "Stage 0 took 40 s with 2 tasks on 8 cores.",
                        40_000 - 79_000 / 8,
                        true,
                        ProposedSetting.conf("spark.sql.files.maxPartitionBytes", "128MB", "12MB")));
    }

    @Test
    void proposesNoMoreTasksThanTheFilesAllow() {
        assertThat(step().executors(4)
                        .scan(2, 40, new Spread(39_000, 40_000, 40_000), 3_000 * MB, 0)
                        .findings())
                .isEmpty();
    }

    @Test
    void findsPausesThatOutlastTheIdleTimeout() {
        assertOnly(
                step().between(75),
                finding(
                        FindingKind.DRIVER_BOUND,
                        "Executors waited for the driver.",
                        "For 75 s between the first and the last task, 75 % of the step, only the driver worked.",
                        15_000,
                        false,
                        ProposedSetting.conf("spark.dynamicAllocation.enabled", "false", "true")));
        assertThat(step().between(75).dynamic().findings())
                .extracting(finding -> finding.setting().text())
                .containsExactly("spark_conf[\"spark.dynamicAllocation.executorIdleTimeout\"]: 60s → 10s");
        assertThat(step().between(50).findings()).isEmpty();
        assertThat(step().between(75).local().findings()).isEmpty();
    }

    @Test
    void findsTasksThatWaitForShuffleBlocks() {
        assertOnly(
                step().fetchWait(0.4),
                finding(
                        FindingKind.FETCH_WAIT,
                        "Tasks waited for shuffle blocks.",
                        "40 % of the tasks' time; they read 5.0 GB from shuffles.",
                        36_000,
                        true,
                        ProposedSetting.conf("spark.reducer.maxSizeInFlight", "48m", "96m")));
        assertThat(step().fetchWait(0.4)
                        .conf("spark.reducer.maxSizeInFlight", "96m")
                        .findings())
                .isEmpty();
    }

    @Test
    void findsLostExecutors() {
        assertOnly(
                step().lost("Container from a bad node: container_1 on host: ip-10-0-0-1. Exit status: -100.")
                        .failed(2)
                        .shuffleStage(8, 60, EVEN, EVEN_READS),
                finding(
                        FindingKind.LOST_EXECUTORS,
                        "Executors were lost.",
                        "Spark lost 1 of 2 executors; 2 tasks failed. The first reason: Container from a bad node:"
                                + " container_1 on host: ip-10-0-0-1. Exit status: -100.",
                        15_000,
                        true,
                        ProposedSetting.conf("spark.decommission.enabled", "false", "true")));
        assertThat(step().lost("Executor heartbeat timed out after 125000 ms")
                        .failed(2)
                        .shuffleStage(8, 60, EVEN, EVEN_READS)
                        .findings())
                .extracting(finding -> finding.setting().text())
                .containsExactly("spark_conf[\"spark.network.timeout\"]: 120s → 300s");
    }

    @Test
    void findsSmallFiles() {
        assertOnly(
                step().adaptive(false)
                        .write(200, 20, new Spread(300, 400, 500), 20 * MB)
                        .output(1_000, 20 * MB),
                finding(
                        FindingKind.SMALL_FILES,
                        "The output consists of many small files.",
                        "1,000 files of 21 KB on average.",
                        196 * 200 / 4,
                        true,
                        ProposedSetting.conf("spark.sql.shuffle.partitions", "200", "4")));
    }

    @Test
    void omitsFindingsThatAreNotWorthAChange() {
        assertThat(step().gc(0.3).spilled(0).findings()).hasSize(1);
        assertThat(step().spilled(950_000_000L).findings()).as("4.75 of 100 s").isEmpty();
    }

    @Test
    void sortsByStake() {
        assertThat(step().gc(0.2).fetchWait(0.5).findings())
                .extracting(StepFinding::kind)
                .isEqualTo(List.of(FindingKind.FETCH_WAIT, FindingKind.GC_PRESSURE));
    }
}
