package org.emrelay.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.Test;

class ExecutionPlanTest {
    private static final StepName CLOUDS = new StepName("clouds");

    private final ExecutionPlan plan = Planner.plan(
            new Pipeline(
                    "pipeline",
                    List.of(
                            TestSteps.step("clouds", TestSteps.from("counts", "counts")),
                            TestSteps.step("counts", TestSteps.from("words", "words")),
                            TestSteps.step("words"))),
            TestSteps.HASHES);

    @Test
    void theFinalStepIsTheOneWhoseOutputNoStepReads() {
        assertThat(plan.finalSteps(name -> true)).containsExactly(CLOUDS);
    }

    @Test
    void aStepWithAResultOutputIsFinalEvenIfAnotherStepReadsIt() {
        ExecutionPlan withResult = Planner.plan(
                new Pipeline(
                        "pipeline",
                        List.of(
                                TestSteps.step("score", TestSteps.from("model", "train")),
                                TestSteps.withOutput(
                                        TestSteps.step("train"),
                                        new Output(
                                                new Output.Automatic(),
                                                "output",
                                                "html",
                                                Overwrite.NONE,
                                                true,
                                                List.of())))),
                TestSteps.HASHES);

        assertThat(withResult.finalSteps(name -> true)).containsExactly(new StepName("score"), new StepName("train"));
    }

    @Test
    void theStepBeforeASkippedFinalStepIsFinal() {
        assertThat(plan.finalSteps(name -> !name.equals(CLOUDS))).containsExactly(new StepName("counts"));
    }
}
