package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.yarn.YarnStepExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the pipelines of this repository on a fake cluster whose steps are executed by a real YARN. */
final class YarnPipelinesIT {
    private static final Path STEPS = Path.of("../steps.json").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @Test
    void wordClouds() throws Exception {
        try (EmrCliFixture emr = new EmrCliFixture(directory);
                YarnStepExecutor yarn = new YarnStepExecutor(emr.aws(), "word-clouds", Map.of())) {
            emr.aws().executeSteps(yarn);
            emr.create();

            CommandResult added = emr.run("-a", "add_steps", "-steps", STEPS.toString(), "-p", "rows=2000");
            CommandResult executed = emr.run("-a", "execute_steps");
            CommandResult fetched = emr.run("-a", "fetch_output");

            assertThat(added.code()).as(added.err()).isZero();
            assertThat(executed.code()).as(executed.out() + executed.err()).isZero();
            assertThat(fetched.code()).as(fetched.err()).isZero();
        }
    }
}
