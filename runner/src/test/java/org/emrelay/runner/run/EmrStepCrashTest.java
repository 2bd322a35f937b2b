package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.fakeaws.SimulatedCrash;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.junit.jupiter.api.Test;

/**
 * Kills the runner at every AWS call that submits, describes or cancels steps. It dies before the call arrives or
 * after it takes effect. The next runner continues, and every step runs exactly once.
 */
final class EmrStepCrashTest {
    private final List<String> problems = new ArrayList<>();
    private int killCount;

    @Test
    void runEndsTheSameWhereverTheRunnerIsKilled() throws IOException {
        for (EmrScenario scenario : EmrScenario.all()) {
            for (boolean tookEffect : new boolean[] {false, true}) {
                int call = 1;
                while (isKilledAt(scenario, call, tookEffect)) {
                    call++;
                    killCount++;
                }
                assertThat(call).as(scenario.name()).isGreaterThan(5);
            }
        }
        System.out.println("steps: crash points tested: " + killCount);
        assertThat(problems).isEmpty();
    }

    /** False when the execution ends before this call. */
    private boolean isKilledAt(EmrScenario scenario, int number, boolean tookEffect) throws IOException {
        try (EmrRunFixture emr = new EmrRunFixture(scenario.concurrency())) {
            emr.script(scenario);
            emr.steps.aws.emr().listingLag(Duration.ofSeconds(20));
            if (tookEffect) {
                emr.steps.aws.crashAfter(number);
            } else {
                emr.steps.aws.crashBefore(number);
            }
            try {
                emr.execute(scenario.run());
            } catch (SimulatedCrash | InMemoryJournals.Killed | AwsException death) {
                assertThat(emr.steps.aws.isCrashed()).isTrue();
            }
            if (!emr.steps.aws.isCrashed()) {
                return false;
            }
            String crashPoint = scenario.name()
                    + (tookEffect ? ", after " : ", before ")
                    + emr.steps.aws.calls().all().stream()
                            .filter(call -> call.outcome().startsWith("crashed"))
                            .findFirst()
                            .orElseThrow();
            emr.steps.aws.restartProcess();
            checkResult(scenario, emr, emr.execute(scenario.run()), crashPoint);
            return true;
        }
    }

    /** Ignores YARN cleanup steps: the next runner may add one again, which does no harm. */
    private void checkResult(EmrScenario scenario, EmrRunFixture emr, RunResult result, String crashPoint) {
        List<String> started = emr.steps.started().stream()
                .filter(name -> !name.contains("/end"))
                .toList();
        List<String> overlaps =
                emr.steps.aws.inspect(() -> emr.steps.aws.emr().yarn().overlappingAttempts());
        if (!EmrScenario.states(result).equals(scenario.states())
                || !emr.writes.stream().sorted().toList().equals(scenario.writes())
                || started.stream().distinct().count() != started.size()
                || !overlaps.isEmpty()) {
            problems.add("\n" + crashPoint + ": " + EmrScenario.states(result) + " written " + emr.writes + " started "
                    + emr.steps.started() + " " + overlaps);
        }
    }
}
