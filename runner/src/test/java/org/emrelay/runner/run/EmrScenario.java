package org.emrelay.runner.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.FailurePolicy.OnFailure;

/** A pipeline with scripted steps. The scenarios together cover every kind of step call to EMR. */
record EmrScenario(String name, int concurrency, Run run, Map<String, List<AttemptScript>> scripts)
        implements EmrRunFixture.Script {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

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
                        "a chain with a timeout",
                        1,
                        Plans.plans()
                                .policy(OnFailure.CANCEL, 1, TIMEOUT)
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
                        "parallel steps with a timeout",
                        2,
                        Plans.plans()
                                .policy(OnFailure.CONTINUE, 1, TIMEOUT)
                                .step("a")
                                .step("b")
                                .step("c", "a", "b")
                                .run(),
                        Map.of("b", List.of(AttemptScript.HANG, AttemptScript.SUCCEED))));
    }

    @Override
    public List<AttemptScript> scripts(String step) {
        return scripts.getOrDefault(step, List.of(AttemptScript.SUCCEED));
    }

    @Override
    public Duration duration(String step) {
        return Duration.ofSeconds(25);
    }

    /** The final state of each step when no AWS call fails. */
    List<String> states() {
        RunFixture fixture = new RunFixture();
        scripts.forEach(
                (step, stepScripts) -> fixture.platform.script(step, stepScripts.toArray(AttemptScript[]::new)));
        if (concurrency == 1) {
            fixture.platform.sequential(200);
        }
        return states(fixture.execute(run));
    }

    static List<String> states(RunResult result) {
        return result.steps().stream()
                .map(step -> step.name() + " " + step.phase())
                .toList();
    }

    /** The steps that write their output, each once. */
    List<String> writes() {
        return states().stream()
                .filter(state -> state.endsWith(" DONE"))
                .map(state -> state.replace(" DONE", ""))
                .toList();
    }
}
