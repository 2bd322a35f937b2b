package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.CallPosition;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.Faults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** AWS faults while steps run change nothing: every step ends the same and runs once. */
final class EmrStepFaultsTest {
    private static final List<Fault> FAULTS = List.of(
            Fault.throttled(),
            Fault.internalError(),
            Fault.requestLost(),
            Fault.responseLost(),
            Fault.responseTruncated());

    private static final List<Fault> SINGLE_FAULTS =
            List.of(Fault.internalError(), Fault.requestLost(), Fault.responseLost());

    @RegisterExtension
    static final Sampling RUNS = Sampling.of("faulty runs");

    private final List<String> problems = new ArrayList<>();

    @AfterEach
    void noProblemsFound() {
        assertThat(problems).isEmpty();
    }

    /** Returns the AWS calls. */
    private List<Call> executeWithFaults(EmrScenario scenario, String description, Consumer<Faults> faults)
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
            return emr.steps.aws.calls().all();
        }
    }

    @Test
    void toleratesThrottlingOfHalfOfAllCalls() throws IOException {
        for (SeededScenario each : seededScenarios(4)) {
            executeWithFaults(
                    each.scenario,
                    "throttled " + each.seed,
                    faults -> faults.add(Fault.throttled(), Calls.all().withProbability(0.5, each.seed)));
        }
    }

    /** A scenario with the seed of its random faults. */
    private record SeededScenario(EmrScenario scenario, int seed) {}

    /** One seed or more of each scenario. */
    private static List<SeededScenario> seededScenarios(int seeds) {
        List<SeededScenario> all = new ArrayList<>();
        for (EmrScenario scenario : EmrScenario.all()) {
            for (int seed = 1; seed <= seeds; seed++) {
                all.add(new SeededScenario(scenario, seed));
            }
        }
        return RUNS.choose(1, all, each -> each.scenario.name());
    }

    @Test
    void toleratesTheQuotasOfAnAccount() throws IOException {
        for (EmrScenario scenario : EmrScenario.all()) {
            executeWithFaults(scenario, "quotas", Faults::enforceEmrRateLimits);
        }
    }

    @Test
    void toleratesAMixOfAllFaults() throws IOException {
        for (SeededScenario each : seededScenarios(6)) {
            executeWithFaults(each.scenario, "storm " + each.seed, faults -> {
                int index = 0;
                for (Fault fault : FAULTS) {
                    faults.add(fault, Calls.all().withProbability(0.1, each.seed * 100L + index++));
                }
            });
        }
    }

    private record SingleFault(Fault fault, CallPosition call) {
        /** For a call that changes something, each fault is a kind of its own. */
        String kind() {
            return call.operation() + (call.mutates() ? SINGLE_FAULTS.indexOf(fault) : "");
        }
    }

    @Test
    void toleratesAFaultInAnySingleCall() throws IOException {
        for (EmrScenario scenario : EmrScenario.all()) {
            List<SingleFault> faults = new ArrayList<>();
            for (CallPosition call : CallPosition.of(executeWithFaults(scenario, "no fault", none -> {}))) {
                SINGLE_FAULTS.forEach(fault -> faults.add(new SingleFault(fault, call)));
            }
            for (SingleFault each : RUNS.choose(12, faults, SingleFault::kind)) {
                executeWithFaults(
                        scenario,
                        "one fault at " + each.call,
                        injected -> injected.add(each.fault, Calls.at(each.call)));
            }
        }
    }
}
