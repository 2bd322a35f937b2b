package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a DAG of six steps is the same on a cluster of EMR as in memory, whatever befalls its steps. */
final class SameStatesTest {
    private static final String[] NAMES = {"a", "b", "c", "d", "e", "f"};
    private static final List<OnFailure> POLICIES = List.of(OnFailure.values());
    private static final Duration TIME_OUT = Duration.ofMinutes(10);
    private static final int SAMPLES = 30;

    /** A pipeline, and what befalls its steps. */
    private record Sample(Run run, Map<String, List<AttemptScript>> plays, Map<String, Duration> takes, String told)
            implements EmrRunFixture.Script {
        @Override
        public List<AttemptScript> plays(String step) {
            return plays.getOrDefault(step, List.of(AttemptScript.SUCCEED));
        }

        @Override
        public Duration takes(String step) {
            return takes.getOrDefault(step, Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void ofSixStepsTheSameBecomes(int stepsAtOnce) throws IOException {
        Map<String, Integer> met = new TreeMap<>();
        try (EmrRunFixture emr = new EmrRunFixture(stepsAtOnce)) {
            for (int seed = 0; seed < SAMPLES; seed++) {
                Sample sample = sample(seed);
                emr.looks.clear();
                emr.started.clear();
                emr.script(sample);

                RunResult there = emr.execute(sample.run());
                RunResult here = inMemory(sample, emr, stepsAtOnce);

                assertThat(states(there)).as(sample.told()).isEqualTo(states(here));
                there.steps().forEach(step -> met.merge(step.phase().name(), 1, Integer::sum));
                if (there.terminateCluster()) {
                    emr.steps.endAndCreateAgain();
                }
            }
            emr.steps.nothingRanTwice();
        }
        assertThat(met).containsOnlyKeys("DONE", "FAILED", "SKIPPED", "CANCELLED");
        assertThat(met.values()).allMatch(times -> times > SAMPLES / 10);
    }

    private static RunResult inMemory(Sample sample, EmrRunFixture emr, int stepsAtOnce) {
        RunFixture stage = new RunFixture();
        sample.plays().forEach((step, plays) -> stage.platform.script(step, plays.toArray(AttemptScript[]::new)));
        if (stepsAtOnce == 1) {
            stage.platform.inOrder(200);
        } else {
            stage.platform.endsAsSeen(emr.looks, emr.started);
        }
        try {
            return stage.execute(sample.run());
        } catch (RuntimeException exception) {
            throw new AssertionError(sample.told() + " " + emr.looks, exception);
        }
    }

    /**
     * A step's reason names others, its failure is each platform's own. How often one was tried that was cancelled then hangs on how soon a retry begins: on
     * EMR not before the first attempt's application is gone.
     */
    private static List<String> states(RunResult result) {
        List<String> states = new ArrayList<>();
        states.add(result.status() + (result.terminateCluster() ? ", and the cluster is to end" : ""));
        for (RunResult.StepResult step : result.steps()) {
            String tried = step.phase() == StepPhase.CANCELLED ? "" : " after " + step.attempts();
            String reason = step.phase() == StepPhase.FAILED ? "" : " " + step.reason();
            states.add(step.name() + " " + step.phase() + tried + reason);
        }
        return states;
    }

    private static Sample sample(int seed) {
        Random random = new Random(seed);
        Plans plans = plans();
        Map<String, List<AttemptScript>> script = new HashMap<>();
        Map<String, Duration> takes = new HashMap<>();
        StringBuilder told = new StringBuilder("sample " + seed + ":");
        boolean hangs = random.nextInt(3) == 0;
        int hanging = random.nextInt(NAMES.length);
        for (int step = 0; step < NAMES.length; step++) {
            List<String> reads = new ArrayList<>();
            for (int other = 0; other < step; other++) {
                if (random.nextInt(3) == 0) {
                    reads.add(NAMES[other]);
                }
            }
            List<AttemptScript> plays = hangs && step == hanging ? List.of(AttemptScript.HANG) : plays(random);
            OnFailure policy = POLICIES.get(random.nextInt(POLICIES.size()));
            int retries = random.nextInt(2);
            plans.policy(policy, retries, plays.contains(AttemptScript.HANG) ? TIME_OUT : null)
                    .step(NAMES[step], reads.toArray(String[]::new));
            script.put(NAMES[step], plays);
            takes.put(NAMES[step], Duration.ofSeconds(3 + random.nextInt(120)));
            told.append("\n  ")
                    .append(NAMES[step])
                    .append(" reads ")
                    .append(reads)
                    .append(", ")
                    .append(plays);
            told.append(", ")
                    .append(policy)
                    .append(", retries ")
                    .append(retries)
                    .append(", ");
            told.append(takes.get(NAMES[step]));
        }
        return new Sample(plans.run("2026-" + seed, null), script, takes, told.toString());
    }

    private static List<AttemptScript> plays(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> List.of(AttemptScript.FAIL);
            case 1 -> List.of(AttemptScript.FAIL, AttemptScript.SUCCEED);
            default -> List.of(AttemptScript.SUCCEED);
        };
    }
}
