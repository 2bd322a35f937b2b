package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.platform.OutputSummary;
import org.junit.jupiter.api.Test;

final class OutputsTest {
    private final RunFixture fixture = new RunFixture();

    @Test
    void stepWithoutOutputFailsIfAnotherReadsIt() {
        Run run = plans().step("words").step("counts", "words").run();
        fixture.platform.script("words", AttemptScript.WRITE_NOTHING);

        assertThat(RunFixture.summary(fixture.execute(run)))
                .isEqualTo("words FAILED (succeeded but wrote nothing to "
                        + "memory:/output/clouds/20261121-034512-ab3f/words), "
                        + "counts SKIPPED (needs words, which failed)");
    }

    @Test
    void stepWithoutReadersMayWriteNothing() {
        Run run = plans().step("notify").run();
        fixture.platform.script("notify", AttemptScript.WRITE_NOTHING);

        RunResult result = fixture.execute(run);

        assertThat(RunFixture.summary(result)).isEqualTo("notify DONE");
        assertThat(result.find(name("notify")).orElseThrow().output()).isNull();
    }

    @Test
    void stepWithIncompleteOutputFails() {
        Run run = plans().step("words").run();
        fixture.platform.script("words", AttemptScript.WRITE_PARTIALLY);

        assertThat(RunFixture.summary(fixture.execute(run)))
                .isEqualTo("words FAILED (succeeded but left an incomplete output at "
                        + "memory:/output/clouds/20261121-034512-ab3f/words)");
    }

    @Test
    void existingDataAtAUserUriIsNotOverwritten() {
        Run run = plans().step("words").output("words", at(false)).run();
        fixture.platform.workspace.outputs.put("/data/words", new OutputSummary(3, 30, "precious"));

        RunResult result = fixture.execute(run);

        assertThat(RunFixture.summary(result))
                .isEqualTo("words FAILED (its output would overwrite existing data at /data/words)");
        assertThat(result.find(name("words")).orElseThrow().failure())
                .isEqualTo(new Failure(
                        "its output would overwrite existing data at /data/words",
                        "",
                        "",
                        "Set \"overwrite\": true in its output, or choose another uri.",
                        ""));
        assertThat(fixture.submitted()).isEmpty();
        assertThat(fixture.platform.workspace.outputs).containsKey("/data/words");
    }

    @Test
    void incompleteForeignOutputIsNotOverwrittenEither() {
        Run run = plans().step("words").output("words", at(false)).run();
        fixture.platform.workspace.partial.add("/data/words");

        fixture.execute(run);

        assertThat(fixture.platform.workspace.partial).containsExactly("/data/words");
    }

    @Test
    void userUriIsOverwrittenIfAllowed() {
        Run run = plans().step("words").output("words", at(true)).run();
        fixture.platform.workspace.outputs.put("/data/words", new OutputSummary(3, 30, "old"));

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void incompleteOutputAtAUserUriIsClearedForTheNextAttempt() {
        Run run = plans().policy(OnFailure.CANCEL, 1, null)
                .step("words")
                .output("words", at(false))
                .run();
        fixture.platform.script("words", AttemptScript.WRITE_PARTIALLY, AttemptScript.SUCCEED);

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void outputThatCannotBeClearedFailsTheStepAndNotTheRun() {
        Run run = plans().policy(OnFailure.CONTINUE, 1, null)
                .step("words")
                .step("other")
                .run();
        fixture.platform.script("words", AttemptScript.FAIL);
        fixture.platform.workspace.broken.add("memory:/output/clouds/20261121-034512-ab3f/words");

        assertThat(RunFixture.summary(fixture.execute(run)))
                .isEqualTo(
                        "words FAILED (its output location memory:/output/clouds/20261121-034512-ab3f/words cannot be "
                                + "cleared: IOException: no permission), other DONE");
    }

    private static Output at(boolean overwrite) {
        return new Output(new Output.AtUri("/data/words"), "output", "", overwrite);
    }
}
