package org.emrelay.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.Test;

class ExecutionPlanTest {
    private static final StepName CLOUDS = new StepName("clouds");

    private final ExecutionPlan plan = Planner.plan(
            new Pipeline(
                    "pipeline",
                    List.of(
                            Steps.step("clouds", Steps.from("counts", "counts")),
                            Steps.step("counts", Steps.from("words", "words")),
                            Steps.step("words"))),
            Steps.FACTS);

    @Test
    void theFinalStepIsTheOneThatNobodyReads() {
        assertThat(plan.finalSteps(name -> true)).containsExactly(CLOUDS);
    }

    @Test
    void anOutputThatIsAResultIsFinalThoughAnotherStepReadsIt() {
        ExecutionPlan withResult = Planner.plan(
                new Pipeline(
                        "pipeline",
                        List.of(
                                Steps.step("score", Steps.from("model", "train")),
                                Steps.withOutput(
                                        Steps.step("train"),
                                        new Output(new Output.Automatic(), "output", "html", false, true)))),
                Steps.FACTS);

        assertThat(withResult.finalSteps(name -> true)).containsExactly(new StepName("score"), new StepName("train"));
    }

    @Test
    void theStepBeforeOneThatWasLeftOutIsFinalInItsPlace() {
        assertThat(plan.finalSteps(name -> !name.equals(CLOUDS))).containsExactly(new StepName("counts"));
    }
}
