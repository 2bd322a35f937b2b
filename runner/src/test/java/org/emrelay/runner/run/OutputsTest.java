package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
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
        Run run = plans().step("words").output("words", at(Overwrite.NONE)).run();
        fixture.platform.workspace.outputs.put("/data/words", new OutputSummary(3, 30, "precious"));

        assertThat(failure(run))
                .isEqualTo(new Failure(
                        "its output would overwrite existing data at /data/words (3 files: part-0, …)",
                        "",
                        "",
                        "Set \"overwrite\": true in its output to replace results of Emrelay, \"any\" to replace all data, or"
                                + " choose another uri.",
                        ""));
        assertThat(fixture.submitted()).isEmpty();
        assertThat(fixture.platform.workspace.outputs).containsKey("/data/words");
    }

    private Failure failure(Run run) {
        return fixture.execute(run).find(name("words")).orElseThrow().failure();
    }

    @Test
    void incompleteForeignOutputIsNotOverwrittenEither() {
        Run run = plans().step("words").output("words", at(Overwrite.NONE)).run();
        fixture.platform.workspace.partial.add("/data/words");

        fixture.execute(run);

        assertThat(fixture.platform.workspace.partial).containsExactly("/data/words");
    }

    @Test
    void overwriteReplacesOnlyUnchangedResults() {
        Plans plans = plans().step("words").output("words", at(Overwrite.RESULTS));
        fixture.platform.workspace.outputs.put("/data/words", new OutputSummary(1, 30, "foreign"));
        Failure refused = new Failure(
                "its output would overwrite existing data at /data/words (1 file: part-0)",
                "",
                "",
                "The files are not an unchanged result of Emrelay. Set \"overwrite\": \"any\" in its output to replace them, or"
                        + " choose another uri.",
                "");
        assertThat(failure(plans.run("20261121-000000-0001", null))).isEqualTo(refused);

        fixture.platform.workspace.outputs.remove("/data/words");
        assertThat(RunFixture.summary(fixture.execute(plans.run("20261121-000000-0002", null))))
                .isEqualTo("words DONE");
        assertThat(RunFixture.summary(fixture.execute(plans.run("20261121-000000-0003", null))))
                .isEqualTo("words DONE");

        fixture.platform.workspace.outputs.put("/data/words", new OutputSummary(1, 31, "changed by hand"));
        assertThat(failure(plans.run("20261121-000000-0004", null))).isEqualTo(refused);
    }

    @Test
    void overwriteReplacesWhatAFailedAttemptLeft() {
        Plans plans = plans().step("words").output("words", at(Overwrite.RESULTS));
        fixture.platform.script("words", AttemptScript.WRITE_PARTIALLY);
        assertThat(RunFixture.summary(fixture.execute(plans.run("20261121-000000-0001", null))))
                .isEqualTo("words FAILED (succeeded but left an incomplete output at /data/words)");

        fixture.platform.script("words", AttemptScript.SUCCEED);
        assertThat(RunFixture.summary(fixture.execute(plans.run("20261121-000000-0002", null))))
                .isEqualTo("words DONE");
    }

    @Test
    void overwriteAnyReplacesAllData() {
        Run run = plans().step("words").output("words", at(Overwrite.ANY)).run();
        fixture.platform.workspace.outputs.put("/data/words", new OutputSummary(3, 30, "old"));

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void withAForeignMarkerNothingIsReplaced() {
        Run run = plans().step("words").output("words", at(Overwrite.RESULTS)).run();
        for (String marker : List.of("{", "{}", "{\"run_id\": \"../x\", \"step\": \"words\", \"digest\": \"old\"}")) {
            fixture.platform.workspace.outputs.put("/data/words", new OutputSummary(3, 30, "old"));
            fixture.platform.workspace.markers.put("/data/words", marker);

            assertThat(failure(run).reason()).startsWith("its output would overwrite existing data");
        }
    }

    @Test
    void incompleteOutputAtAUserUriIsClearedForTheNextAttempt() {
        Run run = plans().policy(OnFailure.CANCEL, 1, null)
                .step("words")
                .output("words", at(Overwrite.RESULTS))
                .run();
        fixture.platform.script("words", AttemptScript.WRITE_PARTIALLY, AttemptScript.SUCCEED);

        assertThat(RunFixture.summary(fixture.execute(run))).isEqualTo("words DONE");
    }

    @Test
    void withoutOverwriteWhatAFailedAttemptLeftIsNotReplaced() {
        Run run = plans().policy(OnFailure.CANCEL, 1, null)
                .step("words")
                .output("words", at(Overwrite.NONE))
                .run();
        fixture.platform.script("words", AttemptScript.WRITE_PARTIALLY, AttemptScript.SUCCEED);

        assertThat(failure(run).reason())
                .isEqualTo("its output would overwrite existing data at /data/words (1 file: _temporary/0)");
        assertThat(fixture.platform.workspace.partial).containsExactly("/data/words");
    }

    @Test
    void outputThatCannotBeMarkedIsStillAResult() throws IOException, SelectionException {
        Run run = plans().step("words").output("words", at(Overwrite.NONE)).run();
        fixture.platform.workspace.unmarkable.add("/data/words");
        List<String> shown = new ArrayList<>();

        RunResult result = fixture.execute(run, new NoticeQueue(shown::add, run.plan()));

        assertThat(RunFixture.summary(result)).isEqualTo("words DONE");
        assertThat(shown)
                .containsExactly(
                        "warning: The output of step words could not be marked, so that later runs will not replace it:"
                                + " IOException: no permission");
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

    private static Output at(Overwrite overwrite) {
        return new Output(new Output.AtUri("/data/words"), "output", "", overwrite);
    }
}
