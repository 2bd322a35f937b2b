package org.emrelay.runner.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.FailurePolicy.OnFailure;

/** A pipeline, and what befalls its steps: all that a runner does with a cluster occurs in one of these. */
record EmrScenario(String name, int stepsAtOnce, Run run, Map<String, List<AttemptScript>> plays)
        implements EmrRunFixture.Script {
    private static final Duration TIME_OUT = Duration.ofMinutes(2);

    static List<EmrScenario> all() {
        return List.of(
                new EmrScenario(
                        "a chain",
                        1,
                        Plans.plans().step("a").step("b", "a").step("c", "b").run(),
                        Map.of()),
                new EmrScenario(
                        "a chain with a retry",
                        1,
                        Plans.plans()
                                .policy(OnFailure.CANCEL, 1, null)
                                .step("a")
                                .step("b", "a")
                                .step("c", "b")
                                .run(),
                        Map.of("b", List.of(AttemptScript.FAIL, AttemptScript.SUCCEED))),
                new EmrScenario(
                        "a chain with a time-out",
                        1,
                        Plans.plans()
                                .policy(OnFailure.CANCEL, 1, TIME_OUT)
                                .step("a")
                                .step("b", "a")
                                .run(),
                        Map.of("a", List.of(AttemptScript.HANG, AttemptScript.SUCCEED))),
                new EmrScenario(
                        "a chain that fails",
                        1,
                        Plans.plans()
                                .policy(OnFailure.CANCEL, 0, null)
                                .step("a")
                                .step("b", "a")
                                .step("c", "b")
                                .run(),
                        Map.of("b", List.of(AttemptScript.FAIL))),
                new EmrScenario(
                        "side by side with a time-out",
                        2,
                        Plans.plans()
                                .policy(OnFailure.CONTINUE, 1, TIME_OUT)
                                .step("a")
                                .step("b")
                                .step("c", "a", "b")
                                .run(),
                        Map.of("b", List.of(AttemptScript.HANG, AttemptScript.SUCCEED))));
    }

    @Override
    public List<AttemptScript> plays(String step) {
        return plays.getOrDefault(step, List.of(AttemptScript.SUCCEED));
    }

    @Override
    public Duration takes(String step) {
        return Duration.ofSeconds(25);
    }

    /** What becomes of each step where nothing goes wrong between here and AWS. */
    List<String> states() {
        RunFixture stage = new RunFixture();
        plays.forEach((step, its) -> stage.platform.script(step, its.toArray(AttemptScript[]::new)));
        if (stepsAtOnce == 1) {
            stage.platform.inOrder(200);
        }
        return states(stage.execute(run));
    }

    static List<String> states(RunResult result) {
        return result.steps().stream()
                .map(step -> step.name() + " " + step.phase())
                .toList();
    }

    /** The steps that write their output, once each. */
    List<String> writes() {
        return states().stream()
                .filter(state -> state.endsWith(" DONE"))
                .map(state -> state.replace(" DONE", ""))
                .toList();
    }
}
