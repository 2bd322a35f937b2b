package org.emrelay.stepprocess;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ActiveStagesTest {

    private final ActiveStages stages = new ActiveStages();

    @Test
    void addsUpTheTasksOfAllActiveStages() {
        stages.started(1, 4);
        stages.started(2, 3);
        stages.taskCompleted(1);
        stages.taskCompleted(2);
        assertThat(stages.json()).isEqualTo("{\"completed\": 2, \"total\": 7}\n");

        stages.ended(1);
        assertThat(stages.json()).isEqualTo("{\"completed\": 1, \"total\": 3}\n");
        stages.ended(2);
        assertThat(stages.json()).isEqualTo("{}\n");
    }

    @Test
    void ignoresTasksOfEndedStagesAndMoreTasksThanAStageHas() {
        stages.started(1, 1);
        stages.taskCompleted(1);
        stages.taskCompleted(1);
        stages.taskCompleted(7);
        assertThat(stages.json()).isEqualTo("{\"completed\": 1, \"total\": 1}\n");
    }

    @Test
    void aStageThatIsAttemptedAgainStartsFromZero() {
        stages.started(1, 2);
        stages.taskCompleted(1);
        stages.started(1, 1);
        assertThat(stages.json()).isEqualTo("{\"completed\": 0, \"total\": 1}\n");
    }
}
