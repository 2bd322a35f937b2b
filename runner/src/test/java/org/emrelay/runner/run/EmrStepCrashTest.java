package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.fakeaws.ProcessDied;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.junit.jupiter.api.Test;

/**
 * The runner dies at every single call by which it hands steps over, watches and cancels them, before the call arrives and after it took effect: the next
 * one goes on, no step does its work twice, and none is forgotten.
 */
final class EmrStepCrashTest {
    private final List<String> wrong = new ArrayList<>();
    private int points;

    @Test
    void whereverTheRunnerDiesTheNextOneComesToTheSameEnd() throws IOException {
        for (EmrScenario scenario : EmrScenario.all()) {
            for (boolean tookEffect : new boolean[] {false, true}) {
                int call = 1;
                while (diesAt(scenario, call, tookEffect)) {
                    call++;
                    points++;
                }
                assertThat(call).as(scenario.name()).isGreaterThan(5);
            }
        }
        System.out.println("crash points of steps tried: " + points);
        assertThat(wrong).isEmpty();
    }

    /** False when there is no such call any more. */
    private boolean diesAt(EmrScenario scenario, int number, boolean tookEffect) throws IOException {
        try (EmrRunFixture emr = new EmrRunFixture(scenario.stepsAtOnce())) {
            emr.script(scenario);
            emr.steps.aws.emr().listingLag(Duration.ofSeconds(20));
            if (tookEffect) {
                emr.steps.aws.dieAfter(number);
            } else {
                emr.steps.aws.dieBefore(number);
            }
            try {
                emr.execute(scenario.run());
            } catch (ProcessDied | InMemoryJournals.Killed | AwsException death) {
                assertThat(emr.steps.aws.isDead()).isTrue();
            }
            if (!emr.steps.aws.isDead()) {
                return false;
            }
            String point = scenario.name()
                    + (tookEffect ? ", after " : ", before ")
                    + emr.steps.aws.calls().all().stream()
                            .filter(call -> call.outcome().startsWith("died"))
                            .findFirst()
                            .orElseThrow();
            emr.steps.aws.revive();
            check(scenario, emr, emr.execute(scenario.run()), point);
            return true;
        }
    }

    /** The steps that end what others left are left out: whoever comes next may end it once more, and does no harm. */
    private void check(EmrScenario scenario, EmrRunFixture emr, RunResult result, String point) {
        List<String> started = emr.steps.started().stream()
                .filter(name -> !name.contains("/end"))
                .toList();
        List<String> overlaps =
                emr.steps.aws.look(() -> emr.steps.aws.emr().yarn().overlaps());
        if (!EmrScenario.states(result).equals(scenario.states())
                || !emr.written.stream().sorted().toList().equals(scenario.writes())
                || started.stream().distinct().count() != started.size()
                || !overlaps.isEmpty()) {
            wrong.add("\n" + point + ": " + EmrScenario.states(result) + " written " + emr.written + " started "
                    + emr.steps.started() + " " + overlaps);
        }
    }
}
