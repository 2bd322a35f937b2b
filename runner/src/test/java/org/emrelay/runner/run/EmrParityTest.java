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

/** Random DAGs of six steps end the same on fake EMR and in memory. */
final class EmrParityTest {
    private static final String[] NAMES = {"a", "b", "c", "d", "e", "f"};
    private static final List<OnFailure> POLICIES = List.of(OnFailure.values());
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final int SAMPLES = 30;

    /** A pipeline with scripted steps. */
    private record Sample(
            Run run, Map<String, List<AttemptScript>> scripts, Map<String, Duration> duration, String description)
            implements EmrRunFixture.Script {
        @Override
        public List<AttemptScript> scripts(String step) {
            return scripts.getOrDefault(step, List.of(AttemptScript.SUCCEED));
        }

        @Override
        public Duration duration(String step) {
            return duration.getOrDefault(step, Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void sixStepsEndTheSameOnEmrAndInMemory(int concurrency) throws IOException {
        Map<String, Integer> phaseCounts = new TreeMap<>();
        try (EmrRunFixture emr = new EmrRunFixture(concurrency)) {
            for (int seed = 0; seed < SAMPLES; seed++) {
                Sample sample = sample(seed);
                emr.polls.clear();
                emr.started.clear();
                emr.script(sample);

                RunResult onEmr = emr.execute(sample.run());
                RunResult inMemory = inMemory(sample, emr, concurrency);

                assertThat(states(onEmr)).as(sample.description()).isEqualTo(states(inMemory));
                onEmr.steps().forEach(step -> phaseCounts.merge(step.phase().name(), 1, Integer::sum));
                if (onEmr.terminateCluster()) {
                    emr.steps.replaceCluster();
                }
            }
            emr.steps.assertNothingRanTwice();
        }
        assertThat(phaseCounts).containsOnlyKeys("DONE", "FAILED", "SKIPPED", "CANCELLED");
        assertThat(phaseCounts.values()).allMatch(times -> times > SAMPLES / 10);
    }

    private static RunResult inMemory(Sample sample, EmrRunFixture emr, int concurrency) {
        RunFixture fixture = new RunFixture();
        sample.scripts()
                .forEach((step, scripts) -> fixture.platform.script(step, scripts.toArray(AttemptScript[]::new)));
        if (concurrency == 1) {
            fixture.platform.sequential(200);
        } else {
            fixture.platform.replayEndings(emr.polls, emr.started);
        }
        try {
            return fixture.execute(sample.run());
        } catch (RuntimeException exception) {
            throw new AssertionError(sample.description() + " " + emr.polls, exception);
        }
    }

    /**
     * Leaves out what differs by design: failure reasons, which are the platform's own, and the attempts of
     * cancelled steps, which depend on when a retry starts (on EMR not before the first attempt's YARN application
     * is gone).
     */
    private static List<String> states(RunResult result) {
        List<String> states = new ArrayList<>();
        states.add(result.status() + (result.terminateCluster() ? ", terminates the cluster" : ""));
        for (RunResult.StepResult step : result.steps()) {
            String attempts = step.phase() == StepPhase.CANCELLED ? "" : " after " + step.attempts();
            String reason = step.phase() == StepPhase.FAILED ? "" : " " + step.reason();
            states.add(step.name() + " " + step.phase() + attempts + reason);
        }
        return states;
    }

    private static Sample sample(int seed) {
        Random random = new Random(seed);
        Plans plans = plans();
        Map<String, List<AttemptScript>> script = new HashMap<>();
        Map<String, Duration> takes = new HashMap<>();
        StringBuilder description = new StringBuilder("sample " + seed + ":");
        boolean hangs = random.nextInt(3) == 0;
        int hanging = random.nextInt(NAMES.length);
        for (int step = 0; step < NAMES.length; step++) {
            List<String> reads = new ArrayList<>();
            for (int other = 0; other < step; other++) {
                if (random.nextInt(3) == 0) {
                    reads.add(NAMES[other]);
                }
            }
            List<AttemptScript> scripts =
                    hangs && step == hanging ? List.of(AttemptScript.HANG) : randomScripts(random);
            OnFailure policy = POLICIES.get(random.nextInt(POLICIES.size()));
            int retries = random.nextInt(2);
            plans.policy(policy, retries, scripts.contains(AttemptScript.HANG) ? TIMEOUT : null)
                    .step(NAMES[step], reads.toArray(String[]::new));
            script.put(NAMES[step], scripts);
            takes.put(NAMES[step], Duration.ofSeconds(3 + random.nextInt(120)));
            description
                    .append("\n  ")
                    .append(NAMES[step])
                    .append(" reads ")
                    .append(reads)
                    .append(", ")
                    .append(scripts);
            description
                    .append(", ")
                    .append(policy)
                    .append(", retries ")
                    .append(retries)
                    .append(", ");
            description.append(takes.get(NAMES[step]));
        }
        return new Sample(plans.run("2026-" + seed, null), script, takes, description.toString());
    }

    private static List<AttemptScript> randomScripts(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> List.of(AttemptScript.FAIL);
            case 1 -> List.of(AttemptScript.FAIL, AttemptScript.SUCCEED);
            default -> List.of(AttemptScript.SUCCEED);
        };
    }
}
