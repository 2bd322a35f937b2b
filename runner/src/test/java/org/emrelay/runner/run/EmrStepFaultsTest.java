package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.Faults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** AWS faults while steps run change nothing: every step ends the same and runs once. */
final class EmrStepFaultsTest {
    private static final List<Fault> FAULTS = List.of(
            Fault.throttled(),
            Fault.internalError(),
            Fault.requestLost(),
            Fault.responseLost(),
            Fault.responseTruncated());

    private final List<String> problems = new ArrayList<>();

    @AfterEach
    void noProblemsFound() {
        assertThat(problems).isEmpty();
    }

    /** Returns the number of AWS calls. */
    private int executeWithFaults(EmrScenario scenario, String description, Consumer<Faults> faults)
            throws IOException {
        try (EmrRunFixture emr = new EmrRunFixture(scenario.concurrency())) {
            emr.script(scenario);
            emr.steps.aws.emr().listingLag(Duration.ofSeconds(20));
            faults.accept(emr.steps.aws.faults());
            String actual;
            try {
                actual = EmrScenario.states(emr.execute(scenario.run())).toString();
            } catch (RuntimeException exception) {
                actual = exception.toString();
            }
            List<String> overlaps =
                    emr.steps.aws.inspect(() -> emr.steps.aws.emr().yarn().overlappingAttempts());
            if (!actual.equals(scenario.states().toString())
                    || !emr.writes.stream().sorted().toList().equals(scenario.writes())
                    || !overlaps.isEmpty()) {
                problems.add("\n" + scenario.name() + ", " + description + ": " + actual + " written " + emr.writes
                        + " " + emr.steps.started() + " " + overlaps);
            }
            return emr.steps.aws.calls().count();
        }
    }

    @Test
    void toleratesThrottlingOfHalfOfAllCalls() throws IOException {
        for (EmrScenario scenario : EmrScenario.all()) {
            for (int seed = 1; seed <= 4; seed++) {
                int number = seed;
                executeWithFaults(
                        scenario,
                        "throttled " + seed,
                        faults -> faults.add(Fault.throttled(), Calls.all().withProbability(0.5, number)));
            }
        }
    }

    @Test
    void toleratesTheQuotasOfAnAccount() throws IOException {
        for (EmrScenario scenario : EmrScenario.all()) {
            executeWithFaults(scenario, "quotas", Faults::enforceEmrRateLimits);
        }
    }

    @Test
    void toleratesAMixOfAllFaults() throws IOException {
        for (EmrScenario scenario : EmrScenario.all()) {
            for (int seed = 1; seed <= 6; seed++) {
                int number = seed;
                executeWithFaults(scenario, "storm " + seed, faults -> {
                    int index = 0;
                    for (Fault fault : FAULTS) {
                        faults.add(fault, Calls.all().withProbability(0.1, number * 100L + index++));
                    }
                });
            }
        }
    }

    @Test
    void toleratesAFaultInAnySingleCall() throws IOException {
        int faultCount = 0;
        for (EmrScenario scenario : EmrScenario.all()) {
            for (Fault fault : List.of(Fault.internalError(), Fault.requestLost(), Fault.responseLost())) {
                int calls = Integer.MAX_VALUE;
                for (int number = 1; number <= calls; number++) {
                    int only = number;
                    calls = executeWithFaults(
                            scenario,
                            "one fault at call " + number,
                            faults -> faults.add(fault, Calls.all().nth(only)));
                    faultCount++;
                }
            }
        }
        System.out.println("steps: single faults tested: " + faultCount);
    }
}
