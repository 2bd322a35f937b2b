package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.plans;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.RunResult.StepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every shape of a small DAG, every outcome of every step, every order in which attempts can end. */
final class EveryOrderTest {
    private static final String[] NAMES = {"a", "b", "c", "d"};

    private static final List<List<AttemptScript>> WITH_RETRIES = List.of(
            List.of(AttemptScript.SUCCEED),
            List.of(AttemptScript.FAIL),
            List.of(AttemptScript.FAIL, AttemptScript.SUCCEED),
            List.of(AttemptScript.HANG),
            List.of(AttemptScript.LOSE, AttemptScript.SUCCEED));

    private static final List<List<AttemptScript>> WITHOUT_RETRIES =
            List.of(List.of(AttemptScript.SUCCEED), List.of(AttemptScript.FAIL), List.of(AttemptScript.HANG));

    private int walked;
    private int atMostInOrder;

    @Test
    void threeStepsWithRetriesKeepTheRulesInEveryOrder() {
        walk(3, 1, WITH_RETRIES);

        assertThat(walked).isGreaterThan(30_000);
    }

    @Test
    void fourStepsKeepTheRulesInEveryOrder() {
        walk(4, 0, WITHOUT_RETRIES);

        assertThat(walked).isGreaterThan(40_000);
    }

    /** As on EMR: handed over whole, a window at a time, and started without us. */
    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void stepsThatAreHandedOverInOrderKeepTheSameRules(int atMost) {
        atMostInOrder = atMost;
        walk(3, 1, WITH_RETRIES);
        walk(4, 0, WITHOUT_RETRIES);

        assertThat(walked).isGreaterThan(15_000);
    }

    private void walk(int size, int retries, List<List<AttemptScript>> outcomes) {
        int edges = size * (size - 1) / 2;
        for (OnFailure policy : OnFailure.values()) {
            for (int shape = 0; shape < 1 << edges; shape++) {
                int combinations = (int) Math.pow(outcomes.size(), size);
                for (int combination = 0; combination < combinations; combination++) {
                    Map<String, List<AttemptScript>> script = script(size, combination, outcomes);
                    everyWay(shaped(size, shape, new FailurePolicy(policy, retries, null), script), script, policy);
                }
            }
        }
    }

    /** Each bit of the shape is one edge of the DAG. Only what hangs has a time-out, for time passes for all alike. */
    private static Run shaped(int size, int shape, FailurePolicy policy, Map<String, List<AttemptScript>> script) {
        Plans plans = plans();
        int bit = 0;
        for (int step = 0; step < size; step++) {
            List<String> reads = new ArrayList<>();
            for (int other = 0; other < step; other++) {
                if ((shape >> bit & 1) == 1) {
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

    private void everyWay(Run run, Map<String, List<AttemptScript>> script, OnFailure policy) {
        Choices choices = Choices.first();
        do {
            walked++;
            RunFixture stage = new RunFixture(choices);
            if (atMostInOrder > 0) {
                stage.platform.inOrder(atMostInOrder);
            }
            script.forEach((step, plays) -> stage.platform.script(step, plays.toArray(AttemptScript[]::new)));
            stage.platform.onStart(
                    launch -> checkStart(run, stage, launch.attempt().step()));
            RunResult result = stage.execute(run);
            try {
                check(run, stage, result, script, policy);
            } catch (AssertionError error) {
                throw new AssertionError(
                        policy + " " + script + " " + choices + " "
                                + run.plan().steps().stream()
                                        .map(step -> step.name() + "<" + step.dependencies())
                                        .toList()
                                + ": " + RunFixture.told(result),
                        error);
            }
        } while (choices.next());
    }

    private void checkStart(Run run, RunFixture stage, StepName step) {
        RunState state = stage.state(run);
        if (state.phase(step) != StepPhase.SUBMITTED) {
            throw new AssertionError(step + " was submitted before the journal knew");
        }
        for (StepName needed : run.plan().find(step).orElseThrow().dependencies()) {
            boolean done =
                    atMostInOrder > 0 ? stage.platform.hasSucceeded(needed) : state.phase(needed) == StepPhase.DONE;
            if (!done) {
                throw new AssertionError(step + " started before " + needed + " was done");
            }
        }
    }

    private static void check(
            Run run, RunFixture stage, RunResult result, Map<String, List<AttemptScript>> script, OnFailure policy) {
        RunState state = stage.state(run);
        assertThat(state.outcome()).isNotNull();
        assertThat(RunResult.of(run, state, stage.platform.workspace(), stage.platform))
                .isEqualTo(result);
        assertThat(stage.platform.running()).isEmpty();
        checkNothingRunsAfterItIsDone(stage.journals.of(run.id()));
        boolean failed = result.steps().stream().anyMatch(step -> step.phase() == StepPhase.FAILED);
        assertThat(result.status()).isEqualTo(failed ? RunResult.Status.FAILED : RunResult.Status.DONE);
        assertThat(result.terminateCluster()).isEqualTo(failed && policy == OnFailure.TERMINATE_CLUSTER);
        for (PlannedStep step : run.plan().steps()) {
            check(step, result, script.get(step.name().value()), policy, failed);
        }
    }

    private static void checkNothingRunsAfterItIsDone(List<Event> events) {
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
            PlannedStep step, RunResult result, List<AttemptScript> plays, OnFailure policy, boolean failed) {
        StepResult there = result.find(step.name()).orElseThrow();
        boolean ready = step.dependencies().stream()
                .allMatch(needed -> result.find(needed).orElseThrow().phase() == StepPhase.DONE);
        boolean succeeds = plays.get(plays.size() - 1) == AttemptScript.SUCCEED;
        switch (there.phase()) {
            case DONE -> assertThat(ready && succeeds).isTrue();
            case FAILED -> assertThat(ready && !succeeds).isTrue();
            case SKIPPED -> {
                assertThat(ready).isFalse();
                assertThat(there.reason()).matches("needs [abcd], which failed");
                assertThat(there.attempts()).isZero();
            }
            case CANCELLED -> {
                assertThat(failed).isTrue();
                assertThat(policy).isNotEqualTo(OnFailure.CONTINUE);
                assertThat(there.reason()).matches("[abcd] failed");
            }
            default -> throw new AssertionError(step.name() + " is left " + there.phase());
        }
        if (there.phase() == StepPhase.DONE) {
            assertThat(there.attempts()).isEqualTo(plays.size());
        }
    }
}
