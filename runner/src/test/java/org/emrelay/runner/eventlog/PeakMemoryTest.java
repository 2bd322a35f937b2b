package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.eventlog.EventLogFixture.applicationStart;
import static org.emrelay.runner.eventlog.EventLogFixture.event;
import static org.emrelay.runner.eventlog.EventLogFixture.executorAdded;
import static org.emrelay.runner.eventlog.EventLogFixture.profile;

import org.emrelay.runner.profile.SparkProfile;
import org.junit.jupiter.api.Test;

final class PeakMemoryTest {
    private static String measured(long heap, long process) {
        return event("org.emrelay.stepprocess.PeakMemory", "\"heap\":" + heap + ",\"process\":" + process);
    }

    @Test
    void isTheMaximumThatTheProcessOfALocalStepMeasured() {
        SparkProfile profile = profile(
                event("SparkListenerEnvironmentUpdate", "\"Spark Properties\":{\"spark.master\":\"local[2]\"}"),
                applicationStart(1_000),
                executorAdded("driver", 1_000, 2),
                measured(100, 300),
                measured(200, 0));

        assertThat(profile.executors().peakHeap()).isEqualTo(200);
        assertThat(profile.executors().peakProcess()).isEqualTo(300);
    }
}
