package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.eventlog.EventLogFixture.applicationEnd;
import static org.emrelay.runner.eventlog.EventLogFixture.applicationStart;
import static org.emrelay.runner.eventlog.EventLogFixture.profile;
import static org.emrelay.runner.eventlog.EventLogFixture.stageSubmitted;
import static org.emrelay.runner.eventlog.EventLogFixture.taskEnd;
import static org.emrelay.runner.eventlog.EventLogFixture.taskStart;

import java.time.Duration;
import org.emrelay.runner.profile.Phases;
import org.emrelay.runner.profile.SparkProfile;
import org.junit.jupiter.api.Test;

final class RunningTasksTest {
    private static final String SUBMITTED = stageSubmitted(0, 1_100);

    @Test
    void splitsTheWallTime() {
        SparkProfile profile = profile(
                applicationStart(1_000),
                SUBMITTED,
                taskStart(0, 0, 1_200),
                taskStart(0, 1, 1_300),
                taskEnd(0, 0, 1_200, 1_400),
                taskEnd(0, 1, 1_300, 1_500),
                taskStart(0, 2, 1_900),
                taskEnd(0, 2, 1_900, 2_000),
                applicationEnd(2_050));

        assertThat(profile.phases()).isEqualTo(phases(200, 400, 400, 50));
    }

    @Test
    void isStartUpWithoutTasks() {
        assertThat(profile(applicationStart(1_000), applicationEnd(3_000)).phases())
                .isEqualTo(phases(2_000, 0, 0, 0));
    }

    @Test
    void acceptsEventsOutOfOrder() {
        SparkProfile profile = profile(
                applicationStart(1_000),
                SUBMITTED,
                taskStart(0, 1, 1_210),
                taskStart(0, 0, 1_200),
                taskEnd(0, 0, 1_200, 1_400),
                taskEnd(0, 1, 1_210, 1_390),
                // Launched before the end of the other task, but reported after it.
                taskStart(0, 2, 1_350),
                taskEnd(0, 2, 1_350, 1_500),
                taskStart(0, 3, 1_800),
                taskEnd(0, 3, 1_800, 1_900),
                applicationEnd(1_900));

        assertThat(profile.phases()).isEqualTo(phases(200, 400, 300, 0));
    }

    @Test
    void countsTasksWhoseStartIsMissing() {
        SparkProfile profile = profile(
                applicationStart(1_000),
                SUBMITTED,
                taskEnd(0, 0, 1_200, 1_400),
                taskEnd(0, 1, 1_300, 1_500),
                applicationEnd(1_500));

        assertThat(profile.phases()).isEqualTo(phases(200, 300, 0, 0));
    }

    @Test
    void aTaskRunsUntilATornLogEnds() {
        SparkProfile profile = profile(
                applicationStart(1_000),
                SUBMITTED,
                taskStart(0, 0, 1_200),
                taskStart(0, 1, 1_200),
                taskEnd(0, 1, 1_200, 2_000));

        assertThat(profile.phases()).isEqualTo(phases(200, 800, 0, 0));
        assertThat(profile.activity().busy()).containsExactly(0, 0, 200, 200, 200, 200, 200, 200, 200, 200);
        assertThat(profile.totals().tasks()).isEqualTo(1);
        assertThat(profile.complete()).isFalse();
        assertThat(profile.gaps()).isEmpty();
    }

    @Test
    void reportsTasksThatDidNotEndBeforeTheApplication() {
        SparkProfile profile =
                profile(applicationStart(1_000), SUBMITTED, taskStart(0, 0, 1_200), applicationEnd(1_500));

        assertThat(profile.phases()).isEqualTo(phases(200, 300, 0, 0));
        assertThat(profile.gaps()).containsExactly("1 task did not end before the application.");
    }

    private static Phases phases(long startUp, long busy, long betweenTasks, long end) {
        return new Phases(
                Duration.ofMillis(startUp),
                Duration.ofMillis(busy),
                Duration.ofMillis(betweenTasks),
                Duration.ofMillis(end));
    }
}
