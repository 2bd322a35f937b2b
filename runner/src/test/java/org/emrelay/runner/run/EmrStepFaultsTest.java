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

/** What goes wrong between here and EMR while steps run is borne: they come to the same end, and none does its work twice. */
final class EmrStepFaultsTest {
    private static final List<Fault> KINDS = List.of(
            Fault.throttled(), Fault.internalError(), Fault.requestLost(), Fault.answerLost(), Fault.answerCut());

    private final List<String> wrong = new ArrayList<>();

    @AfterEach
    void nothingWentWrong() {
        assertThat(wrong).isEmpty();
    }

    /** How many calls it took. */
    private int bear(EmrScenario scenario, String what, Consumer<Faults> faults) throws IOException {
        try (EmrRunFixture emr = new EmrRunFixture(scenario.stepsAtOnce())) {
            emr.script(scenario);
            emr.steps.aws.emr().listingLag(Duration.ofSeconds(20));
            faults.accept(emr.steps.aws.faults());
            String came;
            try {
                came = EmrScenario.states(emr.execute(scenario.run())).toString();
            } catch (RuntimeException exception) {
                came = exception.toString();
            }
            List<String> overlaps =
                    emr.steps.aws.look(() -> emr.steps.aws.emr().yarn().overlaps());
            if (!came.equals(scenario.states().toString())
                    || !emr.written.stream().sorted().toList().equals(scenario.writes())
                    || !overlaps.isEmpty()) {
                wrong.add("\n" + scenario.name() + ", " + what + ": " + came + " written " + emr.written + " "
                        + emr.steps.started() + " " + overlaps);
            }
            return emr.steps.aws.calls().count();
        }
    }

    @Test
    void bearsThatHalfOfAllCallsAreThrottled() throws IOException {
        for (EmrScenario scenario : EmrScenario.all()) {
            for (int seed = 1; seed <= 4; seed++) {
                int number = seed;
                bear(
                        scenario,
                        "throttled " + seed,
                        faults -> faults.add(Fault.throttled(), Calls.all().withProbability(0.5, number)));
            }
        }
    }

    @Test
    void bearsTheQuotasOfAnAccount() throws IOException {
        for (EmrScenario scenario : EmrScenario.all()) {
            bear(scenario, "quotas", Faults::throttleByEmrQuotas);
        }
    }

    @Test
    void bearsAStormOfEverything() throws IOException {
        for (EmrScenario scenario : EmrScenario.all()) {
            for (int seed = 1; seed <= 6; seed++) {
                int number = seed;
                bear(scenario, "storm " + seed, faults -> {
                    int kind = 0;
                    for (Fault fault : KINDS) {
                        faults.add(fault, Calls.all().withProbability(0.1, number * 100L + kind++));
                    }
                });
            }
        }
    }

    @Test
    void bearsThatAnySingleCallIsThrottledOrFailsOrItsAnswerIsLost() throws IOException {
        int borne = 0;
        for (EmrScenario scenario : EmrScenario.all()) {
            for (Fault fault : List.of(Fault.internalError(), Fault.requestLost(), Fault.answerLost())) {
                int calls = Integer.MAX_VALUE;
                for (int number = 1; number <= calls; number++) {
                    int only = number;
                    calls = bear(
                            scenario,
                            "one fault at call " + number,
                            faults -> faults.add(fault, Calls.all().only(only)));
                    borne++;
                }
            }
        }
        System.out.println("single faults of steps borne: " + borne);
    }
}
