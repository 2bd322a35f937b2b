package org.emrelay.runner.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Profiles for tests. */
public final class Profiles {
    private static final Instant START = Instant.parse("2026-11-21T03:45:14Z");

    private Profiles() {}

    /** An application of 20 seconds with one stage of four tasks on two cores. */
    public static SparkProfile small() {
        return small("save at Words.java:12");
    }

    public static SparkProfile small(String stageName) {
        TaskTotals totals = new TaskTotals(
                4,
                1,
                Duration.ofSeconds(30),
                Duration.ofSeconds(28),
                Duration.ofSeconds(20),
                Duration.ofMillis(1_200),
                Duration.ofMillis(300),
                Duration.ofMillis(90),
                Duration.ofMillis(5),
                2_000_000,
                10_000,
                500_000,
                9_000,
                300_000,
                9_500,
                300_000,
                9_500,
                8_000_000,
                1_000_000);
        StageProfile stage = new StageProfile(
                0,
                0,
                stageName,
                START.plusSeconds(2),
                Duration.ofSeconds(16),
                4,
                totals,
                new Spread(6_000, 12_000, 13_000),
                new Spread(400_000, 900_000, 950_000),
                "");
        return new SparkProfile(
                "local-1",
                "3.5.6",
                START,
                START.plusSeconds(20),
                true,
                new Requested(true, null, 2, 2L << 30, null, 2L << 30, 8, true, false),
                new Executors(1, 1, Duration.ofSeconds(38), List.of(), 0, 600L << 20, 900L << 20, null),
                new Phases(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ofSeconds(1)),
                new Activity(Duration.ofSeconds(1), List.of(0, 100, 200, 150), List.of(200, 200, 200, 200)),
                List.of(stage),
                1,
                totals,
                new FilesRead(3, 2_000_000),
                List.of());
    }
}
