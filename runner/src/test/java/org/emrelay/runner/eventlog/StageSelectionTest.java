package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.eventlog.EventLogFixture.applicationEnd;
import static org.emrelay.runner.eventlog.EventLogFixture.applicationStart;
import static org.emrelay.runner.eventlog.EventLogFixture.event;
import static org.emrelay.runner.eventlog.EventLogFixture.profile;
import static org.emrelay.runner.eventlog.EventLogFixture.stageCompleted;
import static org.emrelay.runner.eventlog.EventLogFixture.stageSubmitted;
import static org.emrelay.runner.eventlog.EventLogFixture.taskEnd;
import static org.emrelay.runner.eventlog.EventLogFixture.taskStart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.profile.Spread;
import org.emrelay.runner.profile.StageProfile;
import org.junit.jupiter.api.Test;

final class StageSelectionTest {
    @Test
    void keepsTheFirstStagesWithTheMostTaskTime() {
        List<String> events = new ArrayList<>(List.of(applicationStart(1_000)));
        for (int stage = 0; stage < 40; stage++) {
            long start = 2_000L + 100L * stage;
            events.add(stageSubmitted(stage, start));
            events.add(taskStart(stage, stage, start));
            events.add(taskEnd(stage, stage, start, start + (stage % 3 == 0 ? 90 : stage)));
            events.add(stageCompleted(stage, start, start + 95));
        }

        SparkProfile profile = profile(events.toArray(String[]::new));

        assertThat(profile.stageCount()).isEqualTo(40);
        assertThat(profile.totals().tasks()).isEqualTo(40);
        assertThat(profile.stages())
                .extracting(StageProfile::id)
                .containsExactly(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33);
    }

    @Test
    void countsTasksThatEndAfterTheirStage() {
        SparkProfile profile = profile(
                applicationStart(1_000),
                stageSubmitted(0, 1_100),
                taskStart(0, 0, 1_200),
                taskStart(0, 1, 1_200),
                taskEnd(0, 0, 1_200, 1_300),
                stageCompleted(0, 1_100, 1_310),
                taskEnd(0, 1, 1_200, 1_400, "TaskKilled", ""),
                applicationEnd(1_500));

        StageProfile stage = profile.stages().get(0);
        assertThat(stage.totals().tasks()).isEqualTo(2);
        assertThat(stage.totals().failed()).isZero();
        assertThat(stage.totals().duration()).isEqualTo(Duration.ofMillis(300));
        assertThat(stage.durations()).isEqualTo(new Spread(100, 100, 100));
        assertThat(stage.submitted()).isEqualTo(Instant.ofEpochMilli(1_100));
        assertThat(stage.duration()).isEqualTo(Duration.ofMillis(210));
        assertThat(profile.gaps()).isEmpty();
    }

    @Test
    void countsTheOutcomesOfTasks() {
        SparkProfile profile = profile(
                applicationStart(1_000),
                stageSubmitted(0, 1_100),
                taskEnd(0, 0, 1_200, 1_300),
                taskEnd(0, 1, 1_200, 1_350, "ExceptionFailure", ""),
                taskEnd(0, 2, 1_200, 1_350, "ExecutorLostFailure", ""),
                taskEnd(0, 3, 1_200, 1_350, "TaskCommitDenied", ""),
                taskEnd(0, 0, 1_200, 1_300, "Resubmitted", ""));

        assertThat(profile.totals().tasks()).isEqualTo(4);
        assertThat(profile.totals().failed()).isEqualTo(2);
    }

    @Test
    void computesTheSchedulerDelayLikeSpark() {
        SparkProfile profile = profile(
                applicationStart(1_000),
                stageSubmitted(0, 1_100),
                taskEnd(
                        0,
                        0,
                        1_200,
                        1_300,
                        "Success",
                        "\"Executor Run Time\":50,\"Executor Deserialize Time\":20,\"Result Serialization Time\":7"),
                taskEnd(0, 1, 1_200, 1_300, "Success", "\"Executor Run Time\":120"),
                taskEnd(0, 2, 1_200, 1_300, "ExecutorLostFailure", "")
                        .replace("\"Finish Time\"", "\"Getting Result Time\":1290,\"Finish Time\""),
                taskEnd(0, 3, 1_200, 1_300, "Success", "\"Executor Run Time\":50")
                        .replace("\"Finish Time\"", "\"Getting Result Time\":1290,\"Finish Time\""));

        assertThat(profile.totals().schedulerDelay()).isEqualTo(Duration.ofMillis(23 + 0 + 0 + 40));
    }

    @Test
    void aFailedStageHasItsReason() {
        String reason = "Job aborted due to stage failure: " + "x".repeat(1_000);
        SparkProfile profile = profile(
                applicationStart(1_000),
                stageCompleted(0, 1_100, 1_300)
                        .replace("\"Completion Time\"", "\"Failure Reason\":\"" + reason + "\",\"Completion Time\""));

        assertThat(profile.stages().get(0).failure()).isEqualTo(reason.substring(0, 299) + "…");
    }

    @Test
    void shortensNamesBetweenCharacters() {
        String name = "x".repeat(118) + "\ud83d\ude00\ud83d\ude00";
        SparkProfile profile =
                profile(applicationStart(1_000), stageSubmitted(0, 1_100).replace("stage 0", name));

        assertThat(profile.stages().get(0).name()).isEqualTo("x".repeat(118) + "…");
    }

    @Test
    void anIncompleteStageLastsUntilTheLogEnds() {
        SparkProfile profile = profile(
                applicationStart(1_000),
                stageSubmitted(0, 1_100),
                event("SparkListenerUnknown", ""),
                taskStart(0, 0, 1_900));

        assertThat(profile.stages().get(0).duration()).isEqualTo(Duration.ofMillis(800));
        assertThat(profile.ended()).isEqualTo(Instant.ofEpochMilli(1_900));
    }
}
