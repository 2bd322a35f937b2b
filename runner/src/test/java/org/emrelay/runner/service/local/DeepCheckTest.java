package org.emrelay.runner.service.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.LastOutput;
import org.emrelay.runner.run.Failure;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeepCheckTest {
    @Test
    void namesTheCauseInOneSentence() {
        assertThat(message(failure("Unknown flag --rowz. Did you mean --rows?", null)))
                .isEqualTo("the check of 'titles' failed: Unknown flag --rowz. Did you mean --rows?");
        assertThat(message(failure("column titl is missing", null)))
                .isEqualTo("the check of 'titles' failed: column titl is missing.");
    }

    @Test
    void quotesTheLastLineWhereTheLogNamesNoCause() {
        assertThat(message(failure("", new LastOutput("stdout", List.of("reading", "no flag --rowz")))))
                .isEqualTo("the check of 'titles' failed: exit code 1, after it printed: no flag --rowz");
        assertThat(message(failure("", null))).isEqualTo("the check of 'titles' failed: exit code 1.");
        assertThat(message(null)).isEqualTo("the check of 'titles' failed: interrupted.");
    }

    private static Failure failure(String cause, @Nullable LastOutput output) {
        return new Failure("exit code 1", cause, "", "", "log", output);
    }

    private static String message(@Nullable Failure failure) {
        return DeepCheck.message(new StepResult(
                new StepName("titles"),
                StepPhase.FAILED,
                List.of(),
                Duration.ZERO,
                null,
                null,
                null,
                failure == null ? "interrupted" : failure.reason(),
                "",
                failure,
                null));
    }
}
