package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.eventlog.EventLogFixture.profile;
import static org.emrelay.runner.eventlog.EventLogFixture.profiled;
import static org.emrelay.runner.eventlog.EventLogFixture.read;
import static org.emrelay.runner.eventlog.EventLogFixture.resource;
import static org.emrelay.runner.eventlog.EventLogFixture.resources;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.profile.Executors;
import org.emrelay.runner.profile.FilesRead;
import org.emrelay.runner.profile.Requested;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.profile.Spread;
import org.emrelay.runner.profile.StageProfile;
import org.emrelay.runner.profile.TaskTotals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads logs that Spark 3.5.6 wrote. The expected numbers come from its REST API at the time the application ran. */
final class SparkEventLogTest {
    private static final String SMALL = "local-1796083009054";
    private static final String SQL = "local-1796082808702.zstd";
    private static final String CLUSTER = "eventlog_v2_app-20261130235405-0000/events_";

    @ParameterizedTest
    @ValueSource(strings = {".lz4", ".lzf", ".snappy", ".zstd"})
    void everyCodecGivesTheSameProfile(String suffix) {
        SparkProfile profile = profile(SMALL + suffix, resource(SMALL + suffix));

        assertThat(profile).isEqualTo(profile(SMALL, resource(SMALL)));
        assertThat(profile.complete()).isTrue();
        assertThat(profile.gaps()).isEmpty();
        assertThat(profile.totals().tasks()).isEqualTo(6);
    }

    @Test
    void readsTheApplication() {
        SparkProfile profile = profile(SQL, resource(SQL));

        assertThat(profile.application()).isEqualTo("local-1796082808702");
        assertThat(profile.sparkVersion()).isEqualTo("3.5.6");
        assertThat(profile.started()).isEqualTo(Instant.parse("2026-11-30T23:53:27.353Z"));
        assertThat(profile.ended()).isEqualTo(Instant.parse("2026-11-30T23:53:47.902Z"));
        assertThat(profile.complete()).isTrue();
        assertThat(profile.requested()).isEqualTo(new Requested(true, 1, 2, 1L << 30, null, 1L << 30, 3, true, false));
        assertThat(profile.executors().count()).isEqualTo(1);
        assertThat(profile.executors().mostAtOnce()).isEqualTo(1);
        assertThat(profile.executors().coreTime())
                .isEqualTo(Duration.between(Instant.parse("2026-11-30T23:53:28.943Z"), profile.ended())
                        .multipliedBy(2));
        assertThat(profile.executors().peakHeap()).isEqualTo(248_509_040);
        assertThat(profile.executors().peakProcess()).isEqualTo(591_880_192);
        assertThat(profile.executors().driverPeakHeap()).isEqualTo(248_509_040);
        assertThat(profile.filesRead()).isEqualTo(new FilesRead(4 + 2, 2_729_171 + 330));
        assertThat(profile.gaps()).isEmpty();
    }

    @Test
    void readsTheStages() {
        SparkProfile profile = profile(SQL, resource(SQL));

        assertThat(profile.stageCount()).isEqualTo(10);
        assertThat(profile.stages()).extracting(StageProfile::id).containsExactly(0, 1, 2, 3, 4, 6, 8, 11, 12, 13);
        StageProfile scan = profile.stages().get(4);
        assertThat(scan.name()).isEqualTo("json at Orders.java:23");
        assertThat(scan.partitions()).isEqualTo(2);
        assertThat(scan.submitted()).isEqualTo(Instant.parse("2026-11-30T23:53:39.917Z"));
        assertThat(scan.duration()).isEqualTo(Duration.ofMillis(1_076));
        TaskTotals totals = scan.totals();
        assertThat(totals.tasks()).isEqualTo(2);
        assertThat(totals.failed()).isZero();
        assertThat(totals.runTime()).isEqualTo(Duration.ofMillis(1_614));
        assertThat(totals.cpuTime()).isEqualTo(Duration.ofNanos(351_517_535));
        assertThat(totals.gcTime()).isEqualTo(Duration.ofMillis(82));
        assertThat(totals.deserialization()).isEqualTo(Duration.ofMillis(70));
        assertThat(totals.inputBytes()).isEqualTo(2_556_892);
        assertThat(totals.inputRows()).isEqualTo(60_000);
        assertThat(totals.shuffleWriteBytes()).isEqualTo(2_094);
        assertThat(totals.shuffleWriteRows()).isEqualTo(32);
        assertThat(scan.durations().max()).isEqualTo(873);
    }

    @Test
    void readsRetriedTasks() {
        StageProfile stage = profile(SQL, resource(SQL)).stages().get(8);

        assertThat(stage.totals().tasks()).isEqualTo(4);
        assertThat(stage.totals().failed()).isEqualTo(1);
        assertThat(stage.totals().duration()).isEqualTo(Duration.ofMillis(160 + 187 + 76 + 291));
        assertThat(stage.durations()).isEqualTo(new Spread(187, 290, 291));
        assertThat(stage.failure()).isEmpty();
    }

    @Test
    void sumsUpAllTasks() {
        TaskTotals totals = profile(SQL, resource(SQL)).totals();

        assertThat(totals)
                .isEqualTo(new TaskTotals(
                        20,
                        1,
                        Duration.ofMillis(6_953),
                        Duration.ofMillis(5_841),
                        Duration.ofNanos(1_443_703_172),
                        Duration.ofMillis(242),
                        Duration.ofMillis(637),
                        Duration.ofMillis(463),
                        Duration.ZERO,
                        2_557_254,
                        120_100,
                        2_731_479,
                        60_066,
                        6_177,
                        89,
                        4_083,
                        57,
                        0,
                        0));
    }

    @Test
    void readsARollingLogOfACluster() {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 1; i <= 11; i++) {
            files.putAll(resources(CLUSTER + i + "_app-20261130235405-0000.zstd"));
        }
        files.putAll(resources("eventlog_v2_app-20261130235405-0000/appstatus_app-20261130235405-0000"));

        SparkProfile profile = profiled(read(files, EventLogLimits.DEFAULT));

        assertThat(profile.requested())
                .isEqualTo(new Requested(false, null, 1, 640L << 20, null, 1L << 30, 3, true, false));
        Executors executors = profile.executors();
        assertThat(executors.count()).isEqualTo(2);
        assertThat(executors.mostAtOnce()).isEqualTo(2);
        assertThat(executors.lostCount()).isZero();
        assertThat(executors.coreTime())
                .isEqualTo(Duration.ofMillis(
                        (1_796_082_881_986L - 1_796_082_855_011L) + (1_796_082_881_986L - 1_796_082_855_280L)));
        assertThat(executors.peakHeap()).isEqualTo(207_347_840);
        assertThat(executors.peakProcess()).isEqualTo(440_229_888);
        assertThat(profile.stageCount()).isEqualTo(10);
        assertThat(profile.totals().tasks()).isEqualTo(20);
        assertThat(profile.totals().shuffleReadBytes()).isEqualTo(2511 + 3672);
        assertThat(profile.totals().fetchWait()).isEqualTo(Duration.ofMillis(41));
        assertThat(profile.complete()).isTrue();
        assertThat(profile.gaps()).isEmpty();
    }

    @Test
    void readsNoSecretsFromTheLog() {
        assertThat(new String(resource(SMALL), StandardCharsets.UTF_8)).contains("do-not-leak");
        assertThat(profile(SMALL, resource(SMALL)).toString()).doesNotContain("do-not-leak");
        assertThat(profile(SQL, resource(SQL)).toString()).doesNotContain("do-not-leak");
    }
}
