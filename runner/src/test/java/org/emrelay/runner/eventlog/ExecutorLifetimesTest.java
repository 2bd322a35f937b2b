package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.eventlog.EventLogFixture.applicationEnd;
import static org.emrelay.runner.eventlog.EventLogFixture.applicationStart;
import static org.emrelay.runner.eventlog.EventLogFixture.executorAdded;
import static org.emrelay.runner.eventlog.EventLogFixture.executorRemoved;
import static org.emrelay.runner.eventlog.EventLogFixture.profile;

import java.time.Duration;
import java.time.Instant;
import org.emrelay.runner.profile.Executors;
import org.emrelay.runner.profile.Executors.Lost;
import org.emrelay.runner.profile.SparkProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the reasons for removals that Spark 3.0 to 4.0 writes. */
final class ExecutorLifetimesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Executor killed by driver.",
                "Command exited with code 0",
                "Executor decommission: spark scale down",
                "Executor decommission finished: spark scale down",
                "Executor for container container_1_0001_01_000002 exited after Application shutdown.",
                "Container container_1_0001_01_000002 exited from explicit termination request."
            })
    void executorsThatSparkRemovesAreNotLost(String reason) {
        assertThat(removed(reason).lostCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Executor heartbeat timed out after 125000 ms",
                "Command exited with code 137",
                "Executor Process Lost",
                "Worker shutting down",
                "Container container_1_0001_01_000002 on host: h was preempted.",
                "Container from a bad node: container_1_0001_01_000002 on host: h. Exit status: 137.",
                "Container marked as failed: container_1_0001_01_000002 on host: h. Exit status: -100.",
                "Executor decommission: worker decommissioned because of kill request from HTTP endpoint"
            })
    void executorsRemovedForOtherReasonsAreLost(String reason) {
        assertThat(removed(reason).lost()).containsExactly(new Lost("1", Instant.ofEpochMilli(1_500), reason));
    }

    private static Executors removed(String reason) {
        return profile(applicationStart(1_000), executorAdded("1", 1_100, 4), executorRemoved("1", 1_500, reason))
                .executors();
    }

    @Test
    void executorsRemovedAtTheEndAreNotLost() {
        SparkProfile profile = profile(
                applicationStart(1_000),
                executorAdded("1", 1_100, 4),
                applicationEnd(2_000),
                executorRemoved("1", 2_010, "Command exited with code 143"));

        assertThat(profile.executors().lostCount()).isZero();
        assertThat(profile.executors().coreTime()).isEqualTo(Duration.ofMillis(4 * 900));
        assertThat(profile.ended()).isEqualTo(Instant.ofEpochMilli(2_000));
    }

    @Test
    void countsExecutorsAndTheTimeOfTheirCores() {
        SparkProfile profile = profile(
                applicationStart(1_000),
                executorAdded("1", 1_100, 4),
                executorAdded("2", 1_200, 2),
                executorRemoved("1", 1_300, "Executor Process Lost"),
                executorRemoved("1", 1_310, "Command exited with code 1"),
                executorAdded("3", 1_400, 4),
                applicationEnd(2_000));

        Executors executors = profile.executors();
        assertThat(executors.count()).isEqualTo(3);
        assertThat(executors.mostAtOnce()).isEqualTo(2);
        assertThat(executors.coreTime()).isEqualTo(Duration.ofMillis(4 * 200 + 2 * 800 + 4 * 600));
        assertThat(executors.lostCount()).isEqualTo(1);
        assertThat(profile.activity().cores()).containsExactly(0, 400, 600, 200, 600, 600, 600, 600, 600, 600);
    }

    @Test
    void keepsOnlyTheFirstLostOnes() {
        String[] events = new String[21];
        events[0] = applicationStart(1_000);
        for (int i = 0; i < 10; i++) {
            events[2 * i + 1] = executorAdded("" + i, 1_100, 1);
            events[2 * i + 2] = executorRemoved("" + i, 1_200, "Executor Process Lost");
        }

        Executors executors = profile(events).executors();

        assertThat(executors.lostCount()).isEqualTo(10);
        assertThat(executors.lost()).extracting(Lost::executor).containsExactly("0", "1", "2", "3", "4");
    }
}
