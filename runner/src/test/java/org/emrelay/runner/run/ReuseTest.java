package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.OutputSummary;

/** Checks reuse after random changes of arguments and outputs between two runs. */
final class ReuseTest {
    private static final String[] NAMES = {"a", "b", "c", "d", "e"};
    private static final OutputSummary RECORDED = new OutputSummary(1, 10, "made");
    private static final OutputSummary CHANGED = new OutputSummary(1, 10, "other");

    /** The result of a step in the previous run and the state of its output since. */
    private enum OutputFate {
        INTACT,
        GONE,
        CHANGED,
        UNFINISHED
    }

    @Property(tries = 500)
    void stepIsReusedExactlyIfItWouldProduceTheSameResult(
            @ForAll @IntRange(max = 1023) int shape,
            @ForAll @Size(5) List<OutputFate> fates,
            @ForAll @Size(5) List<Boolean> edited)
            throws SelectionException {
        Run previous =
                randomPlans(shape, List.of(false, false, false, false, false)).run("r1", null);
        ExecutionPlan plan = randomPlans(shape, edited).plan();

        Map<StepName, Event> events = initialize(plan, results(previous, fates));

        for (PlannedStep step : plan.steps()) {
            int index = step.name().value().charAt(0) - 'a';
            boolean upstreamRuns =
                    step.dependencies().stream().anyMatch(needed -> !(events.get(needed) instanceof Event.StepReused));
            boolean reusable = fates.get(index) == OutputFate.INTACT && !edited.get(index) && !upstreamRuns;
            Event event = events.get(step.name());
            assertThat(event instanceof Event.StepReused).isEqualTo(reusable);
            if (event instanceof Event.StepRunsAgain again) {
                assertThat(again.reason()).isEqualTo(reason(step, index, fates, edited, events));
            }
        }
    }

    private static String reason(
            PlannedStep step, int index, List<OutputFate> fates, List<Boolean> edited, Map<StepName, Event> events) {
        if (fates.get(index) == OutputFate.UNFINISHED) {
            return "never finished in r1";
        }
        for (StepName needed : step.dependencies().stream().sorted().toList()) {
            if (!(events.get(needed) instanceof Event.StepReused)) {
                return needed + " runs again";
            }
        }
        if (edited.get(index)) {
            return "args.max-words changed: 300 → 500";
        }
        String output = "its output at memory:/output/clouds/r1/" + step.name();
        return output + (fates.get(index) == OutputFate.GONE ? " is gone" : " has changed");
    }

    private static Map<StepName, Event> initialize(ExecutionPlan plan, PreviousResults previous)
            throws SelectionException {
        RunInitializer initializer =
                RunInitializer.of(new StepGraph(plan), RunState.of(plan), Selection.NONE, previous, FakeClock.START);
        Map<StepName, Event> byStep = new HashMap<>();
        initializer.events().forEach(event -> byStep.put(((Event.StepEvent) event).step(), event));
        return byStep;
    }

    private static Plans randomPlans(int shape, List<Boolean> edited) {
        Plans plans = plans();
        int bit = 0;
        for (int step = 0; step < NAMES.length; step++) {
            Set<String> reads = new HashSet<>();
            for (int other = 0; other < step; other++) {
                if ((shape >> bit & 1) == 1) {
                    reads.add(NAMES[other]);
                }
                bit++;
            }
            plans.step(NAMES[step], reads.toArray(String[]::new));
            plans.argument(NAMES[step], edited.get(step) ? "500" : "300");
        }
        return plans;
    }

    private static PreviousResults results(Run run, List<OutputFate> fates) {
        RunState state = RunState.of(run.plan());
        Map<StepName, OutputSummary> found = new HashMap<>();
        for (int step = 0; step < NAMES.length; step++) {
            AttemptId attempt = new AttemptId(name(NAMES[step]), 1);
            if (fates.get(step) != OutputFate.UNFINISHED) {
                state = state.after(List.of(
                        new Event.AttemptSubmitted(FakeClock.START, attempt),
                        new Event.AttemptSucceeded(FakeClock.START, attempt, RECORDED, 1L)));
            }
            if (fates.get(step) == OutputFate.INTACT || fates.get(step) == OutputFate.CHANGED) {
                found.put(attempt.step(), fates.get(step) == OutputFate.INTACT ? RECORDED : CHANGED);
            }
        }
        return PreviousResults.of(run, state, new RunUris(run, state, new InMemoryWorkspace()), found);
    }
}
