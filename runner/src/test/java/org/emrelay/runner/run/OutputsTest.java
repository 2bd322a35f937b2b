package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.platform.OutputSummary;
import org.junit.jupiter.api.Test;

final class OutputsTest {
    private final RunFixture stage = new RunFixture();

    @Test
    void aStepThatWroteNothingFailsWhenAnotherReadsIt() {
        Run run = plans().step("words").step("counts", "words").run();
        stage.platform.script("words", AttemptScript.WRITE_NOTHING);

        assertThat(RunFixture.told(stage.execute(run)))
                .isEqualTo("words FAILED (ended well but wrote nothing to "
                        + "memory:/output/clouds/20261121-034512-ab3f/words), "
                        + "counts SKIPPED (needs words, which failed)");
    }

    @Test
    void aStepThatNobodyReadsMayWriteNothing() {
        Run run = plans().step("notify").run();
        stage.platform.script("notify", AttemptScript.WRITE_NOTHING);

        RunResult result = stage.execute(run);

        assertThat(RunFixture.told(result)).isEqualTo("notify DONE");
        assertThat(result.find(name("notify")).orElseThrow().output()).isNull();
    }

    @Test
    void anOutputThatIsHalfWrittenIsNotDone() {
        Run run = plans().step("words").run();
        stage.platform.script("words", AttemptScript.WRITE_HALF);

        assertThat(RunFixture.told(stage.execute(run)))
                .isEqualTo("words FAILED (ended well but left its output at "
                        + "memory:/output/clouds/20261121-034512-ab3f/words half written)");
    }

    @Test
    void aPlaceThatItsOwnerChoseIsNotOverwritten() {
        Run run = plans().step("words").output("words", at(false)).run();
        stage.platform.workspace.outputs.put("/data/words", new OutputSummary(3, 30, "precious"));

        RunResult result = stage.execute(run);

        assertThat(RunFixture.told(result))
                .isEqualTo("words FAILED (its output would replace what is at /data/words already)");
        assertThat(result.find(name("words")).orElseThrow().failure())
                .isEqualTo(new Failure(
                        "its output would replace what is at /data/words already",
                        "",
                        "",
                        "Set \"overwrite\": true in its output, or choose another uri.",
                        ""));
        assertThat(stage.submitted()).isEmpty();
        assertThat(stage.platform.workspace.outputs).containsKey("/data/words");
    }

    @Test
    void aHalfWrittenPlaceOfSomebodyElseIsNotOverwrittenEither() {
        Run run = plans().step("words").output("words", at(false)).run();
        stage.platform.workspace.halfWritten.add("/data/words");

        stage.execute(run);

        assertThat(stage.platform.workspace.halfWritten).containsExactly("/data/words");
    }

    @Test
    void aChosenPlaceIsOverwrittenWhenThatIsAllowed() {
        Run run = plans().step("words").output("words", at(true)).run();
        stage.platform.workspace.outputs.put("/data/words", new OutputSummary(3, 30, "old"));

        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void whatAnAttemptBeganAtAChosenPlaceIsClearedForTheNext() {
        Run run = plans().policy(OnFailure.CANCEL, 1, null)
                .step("words")
                .output("words", at(false))
                .run();
        stage.platform.script("words", AttemptScript.WRITE_HALF, AttemptScript.SUCCEED);

        assertThat(RunFixture.told(stage.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void aPlaceThatCannotBeClearedFailsTheStepAndNotTheRun() {
        Run run = plans().policy(OnFailure.CONTINUE, 1, null)
                .step("words")
                .step("other")
                .run();
        stage.platform.script("words", AttemptScript.FAIL);
        stage.platform.workspace.broken.add("memory:/output/clouds/20261121-034512-ab3f/words");

        assertThat(RunFixture.told(stage.execute(run)))
                .isEqualTo(
                        "words FAILED (its output's place memory:/output/clouds/20261121-034512-ab3f/words cannot be "
                                + "cleared: IOException: no permission), other DONE");
    }

    private static Output at(boolean overwrite) {
        return new Output(new Output.At("/data/words"), "output", "", overwrite);
    }
}
