package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.eventlog.EventLogFixture.applicationStart;
import static org.emrelay.runner.eventlog.EventLogFixture.event;
import static org.emrelay.runner.eventlog.EventLogFixture.executorAdded;
import static org.emrelay.runner.eventlog.EventLogFixture.profile;

import org.emrelay.runner.profile.Requested;
import org.emrelay.runner.profile.SparkProfile;
import org.junit.jupiter.api.Test;

final class RequestedSettingsTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void readsTheSettings() {
        assertThat(requested("3.5.6", """
                        "spark.master":"yarn","spark.executor.instances":"7","spark.executor.cores":"3",
                        "spark.executor.memory":"6g","spark.executor.memoryOverhead":"900","spark.driver.memory":"2048M",
                        "spark.sql.shuffle.partitions":"48","spark.sql.adaptive.enabled":"false"
                        """))
                .isEqualTo(
                        new Requested(false, 7, 3, 6144 * MEBIBYTE, 900 * MEBIBYTE, 2048 * MEBIBYTE, 48, false, false));
    }

    @Test
    void completesThemWithSparksDefaults() {
        assertThat(requested("3.5.6", "\"spark.master\":\"yarn\""))
                .isEqualTo(new Requested(false, 2, 4, 1024 * MEBIBYTE, null, 1024 * MEBIBYTE, 200, true, false));
        assertThat(requested("3.1.3", "\"spark.master\":\"yarn\"").adaptive()).isFalse();
        assertThat(requested("4.0.0", "\"spark.master\":\"yarn\"").adaptive()).isTrue();
    }

    @Test
    void dynamicAllocationHasNoFixedNumberOfExecutors() {
        Requested requested = requested(
                "3.5.6",
                "\"spark.master\":\"yarn\",\"spark.executor.instances\":\"7\",\"spark.dynamicAllocation.enabled\":\"true\"");

        assertThat(requested.executors()).isNull();
        assertThat(requested.dynamicAllocation()).isTrue();
    }

    @Test
    void theDriverIsTheOnlyExecutorInLocalMode() {
        assertThat(
                        requested(
                                "3.5.6",
                                "\"spark.master\":\"local[4]\",\"spark.driver.memory\":\"3g\",\"spark.executor.memory\":\"9g\",\"spark.executor.cores\":\"16\""))
                .isEqualTo(new Requested(true, 1, 4, 3072 * MEBIBYTE, null, 3072 * MEBIBYTE, 200, true, false));
    }

    @Test
    void infersTheHeapOfTheDriverFromItsStorage() {
        String added = event(
                "SparkListenerBlockManagerAdded",
                "\"Block Manager ID\":{\"Executor ID\":\"%s\"},\"Maximum Memory\":7,\"Timestamp\":1000,\"Maximum Onheap Memory\":%s");
        String driver = String.format(added, "driver", (long) ((2048 - 300) * MEBIBYTE * 0.6));
        String executor = String.format(added, "1", (long) ((4096 - 300) * MEBIBYTE * 0.6));

        assertThat(profile(environment("\"spark.master\":\"local\""), driver, executor)
                        .requested()
                        .driverMemory())
                .isEqualTo(2048 * MEBIBYTE);
        assertThat(profile(environment("\"spark.memory.fraction\":\"0.3\""), driver)
                        .requested()
                        .driverMemory())
                .isEqualTo((2 * 1748 + 300) * MEBIBYTE);
        assertThat(profile(environment("\"spark.driver.memory\":\"3g\""), driver)
                        .requested()
                        .driverMemory())
                .isEqualTo(3072 * MEBIBYTE);
        assertThat(profile(environment("\"spark.memory.fraction\":\"0\""), driver, String.format(added, "driver", -1))
                        .requested()
                        .driverMemory())
                .isEqualTo(1024 * MEBIBYTE);
    }

    @Test
    void doesNotInferAnImpossibleHeap() {
        String driver = event(
                "SparkListenerBlockManagerAdded",
                "\"Block Manager ID\":{\"Executor ID\":\"driver\"},\"Maximum Onheap Memory\":" + Long.MAX_VALUE);

        assertThat(profile(applicationStart(1_000), environment("\"spark.memory.fraction\":\".000000001\""), driver)
                        .requested()
                        .driverMemory())
                .isEqualTo(1024 * MEBIBYTE);
    }

    @Test
    void settingsOfASessionWin() {
        SparkProfile profile = profile(
                environment("\"spark.master\":\"yarn\",\"spark.sql.shuffle.partitions\":\"48\""),
                applicationStart(1_000),
                event(
                        "org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart",
                        "\"modifiedConfigs\":{\"spark.sql.shuffle.partitions\":\"12\"}"));

        assertThat(profile.requested().shufflePartitions()).isEqualTo(12);
    }

    @Test
    void ignoresValuesThatSparkWouldReject() {
        assertThat(requested("", """
                        "spark.master":["yarn"],"spark.executor.cores":"99999999999","spark.executor.memory":"9999999999999p",
                        "spark.driver.memory":"999999999999t","spark.sql.shuffle.partitions":"-1","spark.executor.memoryOverhead":null
                        """))
                .isEqualTo(new Requested(false, null, 4, 1024 * MEBIBYTE, null, 1024 * MEBIBYTE, 200, false, false));
    }

    private static Requested requested(String version, String properties) {
        return profile(
                        event("SparkListenerLogStart", "\"Spark Version\":\"" + version + "\""),
                        environment(properties.replace("\n", "")),
                        applicationStart(1_000),
                        executorAdded("1", 1_100, 4))
                .requested();
    }

    private static String environment(String properties) {
        return event(
                "SparkListenerEnvironmentUpdate",
                "\"JVM Information\":{},\"Spark Properties\":{" + properties
                        + "},\"System Properties\":{\"spark.master\":\"other\"}");
    }
}
