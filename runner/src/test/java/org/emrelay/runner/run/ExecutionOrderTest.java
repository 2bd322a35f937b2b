package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.plans;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.RunResult.StepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executes small DAGs with all step outcomes, in every order in which attempts can end. */
final class ExecutionOrderTest {
    private static final String[] NAMES = {"a", "b", "c", "d"};

    private static final List<List<AttemptScript>> WITH_RETRIES = List.of(
            List.of(AttemptScript.SUCCEED),
            List.of(AttemptScript.FAIL),
            List.of(AttemptScript.FAIL, AttemptScript.SUCCEED),
            List.of(AttemptScript.HANG),
            List.of(AttemptScript.LOSE, AttemptScript.SUCCEED));

    private static final List<List<AttemptScript>> WITHOUT_RETRIES =
            List.of(List.of(AttemptScript.SUCCEED), List.of(AttemptScript.FAIL), List.of(AttemptScript.HANG));

    @RegisterExtension
    static final Sampling PIPELINES = Sampling.of("pipelines");

    private int executions;
    private int maxSequential;

    @Test
    void threeStepsWithRetriesKeepTheRulesInEveryOrder() {
        executeAll(3, 1, WITH_RETRIES);

        assertThat(executions).isGreaterThan(PIPELINES.isExhaustive() ? 30_000 : 1_500);
    }

    @Test
    void fourStepsKeepTheRulesInEveryOrder() {
        executeAll(4, 0, WITHOUT_RETRIES);

        assertThat(executions).isGreaterThan(PIPELINES.isExhaustive() ? 40_000 : 400);
    }

    /** As on EMR: steps are submitted ahead, within a window, and started by the platform. */
    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void stepsOnASequentialPlatformKeepTheSameRules(int maxActive) {
        maxSequential = maxActive;
        executeAll(3, 1, WITH_RETRIES);
        executeAll(4, 0, WITHOUT_RETRIES);

        assertThat(executions).isGreaterThan(PIPELINES.isExhaustive() ? 15_000 : 400);
    }

    private record Shape(OnFailure policy, int edges, int outcomes) {}

    private void executeAll(int size, int retries, List<List<AttemptScript>> outcomes) {
        int possibleEdges = size * (size - 1) / 2;
        List<Shape> shapes = new ArrayList<>();
        for (OnFailure policy : OnFailure.values()) {
            for (int edges = 0; edges < 1 << possibleEdges; edges++) {
                for (int combination = 0; combination < Math.pow(outcomes.size(), size); combination++) {
                    shapes.add(new Shape(policy, edges, combination));
                }
            }
        }
        for (Shape shape : PIPELINES.choose(250, shapes, each -> each.policy + " " + each.edges)) {
            Map<String, List<AttemptScript>> script = script(size, shape.outcomes, outcomes);
            executeInEveryOrder(
                    run(size, shape.edges, new FailurePolicy(shape.policy, retries, null), script),
                    script,
                    shape.policy);
        }
    }

    /**
     * Each bit of {@code edges} is one edge of the DAG. Only hanging steps have a timeout, because time passes for all
     * steps alike.
     */
    private static Run run(int size, int edges, FailurePolicy policy, Map<String, List<AttemptScript>> script) {
        Plans plans = plans();
        int bit = 0;
        for (int step = 0; step < size; step++) {
            List<String> reads = new ArrayList<>();
            for (int other = 0; other < step; other++) {
                if ((edges >> bit & 1) == 1) {
                    reads.add(NAMES[other]);
                }
                bit++;
            }
            boolean hangs = script.getOrDefault(NAMES[step], List.of()).contains(AttemptScript.HANG);
            plans.policy(policy.onFailure(), policy.retries(), hangs ? Duration.ofMinutes(30) : null);
            plans.step(NAMES[step], reads.toArray(String[]::new));
        }
        return plans.run();
    }

    private static Map<String, List<AttemptScript>> script(
            int size, int combination, List<List<AttemptScript>> outcomes) {
        Map<String, List<AttemptScript>> script = new HashMap<>();
        int rest = combination;
        for (int step = 0; step < size; step++) {
            script.put(NAMES[step], outcomes.get(rest % outcomes.size()));
            rest /= outcomes.size();
        }
        return script;
    }

    private void executeInEveryOrder(Run run, Map<String, List<AttemptScript>> script, OnFailure policy) {
        Choices choices = Choices.first();
        do {
            executions++;
            RunFixture fixture = new RunFixture(choices);
            if (maxSequential > 0) {
                fixture.platform.sequential(maxSequential);
            }
            script.forEach((step, scripts) -> fixture.platform.script(step, scripts.toArray(AttemptScript[]::new)));
            fixture.platform.onStart(
                    request -> checkStart(run, fixture, request.attempt().step(), policy));
            RunResult result = fixture.execute(run);
            try {
                check(run, fixture, result, script, policy);
            } catch (AssertionError error) {
                throw new AssertionError(
                        policy + " " + script + " " + choices + " "
                                + run.plan().steps().stream()
                                        .map(step -> step.name() + "<" + step.dependencies())
                                        .toList()
                                + ": " + RunFixture.summary(result),
                        error);
            }
        } while (choices.next());
    }

    private void checkStart(Run run, RunFixture fixture, StepName step, OnFailure policy) {
        RunState state = fixture.state(run);
        if (state.phase(step) != StepPhase.SUBMITTED) {
            throw new AssertionError(step + " was submitted before it was journalled");
        }
        for (StepName needed : run.plan().find(step).orElseThrow().dependencies()) {
            boolean done =
                    maxSequential > 0 ? fixture.platform.hasSucceeded(needed) : state.phase(needed) == StepPhase.DONE;
            if (!done) {
                throw new AssertionError(step + " started before " + needed + " was done");
            }
        }
        if (policy != OnFailure.CONTINUE) {
            for (PlannedStep other : run.plan().steps()) {
                if (state.phase(other.name()) == StepPhase.FAILED) {
                    throw new AssertionError(step + " started although " + other.name() + " had failed");
                }
            }
        }
    }

    private static void check(
            Run run, RunFixture fixture, RunResult result, Map<String, List<AttemptScript>> script, OnFailure policy) {
        RunState state = fixture.state(run);
        assertThat(state.outcome()).isNotNull();
        assertThat(RunResult.of(run, state, fixture.platform.workspace())).isEqualTo(result);
        assertThat(fixture.platform.running()).isEmpty();
        checkNothingRunsAfterSuccess(fixture.journals.of(run.id()));
        boolean failed = result.steps().stream().anyMatch(step -> step.phase() == StepPhase.FAILED);
        assertThat(result.status()).isEqualTo(failed ? RunResult.Status.FAILED : RunResult.Status.DONE);
        assertThat(result.terminateCluster()).isEqualTo(failed && policy == OnFailure.TERMINATE_CLUSTER);
        for (PlannedStep step : run.plan().steps()) {
            check(step, result, script.get(step.name().value()), policy, failed);
        }
    }

    private static void checkNothingRunsAfterSuccess(List<Event> events) {
        List<StepName> done = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof AttemptSucceeded succeeded) {
                done.add(succeeded.step());
            } else if (event instanceof AttemptSubmitted submitted && done.contains(submitted.step())) {
                throw new AssertionError(submitted.step() + " ran again after it was done");
            }
        }
    }

    private static void check(
            PlannedStep step, RunResult result, List<AttemptScript> scripts, OnFailure policy, boolean failed) {
        StepResult stepResult = result.find(step.name()).orElseThrow();
        boolean ready = step.dependencies().stream()
                .allMatch(needed -> result.find(needed).orElseThrow().phase() == StepPhase.DONE);
        boolean succeeds = scripts.get(scripts.size() - 1) == AttemptScript.SUCCEED;
        switch (stepResult.phase()) {
            case DONE -> assertThat(ready && succeeds).isTrue();
            case FAILED -> assertThat(ready && !succeeds).isTrue();
            case SKIPPED -> {
                assertThat(ready).isFalse();
                assertThat(stepResult.reason()).matches("needs [abcd], which failed");
                assertThat(stepResult.attempts()).isZero();
            }
            case CANCELLED -> {
                assertThat(failed).isTrue();
                assertThat(policy).isNotEqualTo(OnFailure.CONTINUE);
                assertThat(stepResult.reason()).matches("[abcd] failed");
            }
            default -> throw new AssertionError(step.name() + " is left " + stepResult.phase());
        }
        if (stepResult.phase() == StepPhase.DONE) {
            assertThat(stepResult.attempts()).isEqualTo(scripts.size());
        }
    }
}
