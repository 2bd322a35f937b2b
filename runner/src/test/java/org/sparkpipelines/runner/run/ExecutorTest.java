package org.sparkpipelines.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkpipelines.runner.run.Plans.name;
import static org.sparkpipelines.runner.run.Plans.plans;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkpipelines.runner.platform.AttemptId;

final class ExecutorTest {
    private final Stage stage = new Stage();

    @Test
    void aChainRunsStepByStepAndEndsWell() {
        Run run = plans().step("words")
                .step("counts", "words")
                .step("clouds", "counts")
                .run();

        RunResult result = stage.execute(run);

        assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
        assertThat(Stage.told(result)).isEqualTo("words DONE, counts DONE, clouds DONE");
        assertThat(stage.submitted()).containsExactly("words/1", "counts/1", "clouds/1");
        assertThat(stage.platform.commands.get(new AttemptId(name("counts"), 1)))
                .containsExactly(
                        "memory:/output/clouds/20261121-034512-ab3f/words",
                        "memory:/output/clouds/20261121-034512-ab3f/counts");
        assertThat(stage.platform.workspace.files.get("output/clouds/latest"))
                .isEqualTo("20261121-034512-ab3f\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theNextStepIsAnnouncedWhileTheOneBeforeItRuns() {
        Run run = plans().step("words").step("counts", "words").run();

        stage.execute(run);

        assertThat(stage.platform.expected).isEqualTo(List.of(new AttemptId(name("counts"), 1)));
    }
}
