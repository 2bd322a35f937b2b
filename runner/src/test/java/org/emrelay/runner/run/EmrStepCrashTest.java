package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.CrashPoint;
import org.emrelay.runner.fakeaws.SimulatedCrash;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Kills the runner at every AWS call that submits, describes or cancels steps. It dies before the call arrives or
 * after it takes effect. The next runner continues, and every step runs exactly once.
 */
final class EmrStepCrashTest {
    /** The crash points to try per scenario. */
    private static final int SAMPLE = 12;

    @RegisterExtension
    static final Sampling CRASHES = Sampling.of("crash points");

    private final List<String> problems = new ArrayList<>();

    @Test
    void runEndsTheSameWhereverTheRunnerIsKilled() throws IOException {
        for (EmrScenario scenario : EmrScenario.all()) {
            List<CrashPoint> points = CrashPoint.of(calls(scenario));
            assertThat(points).as(scenario.name()).hasSizeGreaterThanOrEqualTo(10);
            for (CrashPoint point : CRASHES.choose(SAMPLE, points, CrashPoint::kind)) {
                killAt(scenario, point);
            }
        }
        assertThat(problems).isEmpty();
    }

    /** The calls of an execution that nothing interrupts. */
    private static List<Call> calls(EmrScenario scenario) throws IOException {
        try (EmrRunFixture emr = start(scenario)) {
            emr.execute(scenario.run());
            return emr.steps.aws.calls().all();
        }
    }

    private static EmrRunFixture start(EmrScenario scenario) {
        EmrRunFixture emr = new EmrRunFixture(scenario.concurrency());
        emr.script(scenario);
        emr.steps.aws.emr().listingLag(Duration.ofSeconds(20));
        return emr;
    }

    /** Checks nothing if the execution makes fewer polls this time. */
    private void killAt(EmrScenario scenario, CrashPoint point) throws IOException {
        try (EmrRunFixture emr = start(scenario)) {
            emr.steps.aws.crashAt(point);
            try {
                emr.execute(scenario.run());
            } catch (SimulatedCrash | InMemoryJournals.Killed | AwsException death) {
                assertThat(emr.steps.aws.isCrashed()).isTrue();
            }
            if (emr.steps.aws.isCrashed()) {
                emr.steps.aws.restartProcess();
                checkResult(scenario, emr, emr.execute(scenario.run()), scenario.name() + ", " + point);
            }
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
