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

/** What holds for every change of arguments and every damage to outputs between two runs of the same steps. */
final class ReuseTest {
    private static final String[] NAMES = {"a", "b", "c", "d", "e"};
    private static final OutputSummary MADE = new OutputSummary(1, 10, "made");
    private static final OutputSummary OTHER = new OutputSummary(1, 10, "other");

    /** What became of a step in the earlier run, and of its output since. */
    private enum Fate {
        INTACT,
        GONE,
        CHANGED,
        UNFINISHED
    }

    @Property(tries = 500)
    void aStepIsReusedExactlyWhenItsResultIsWhatItWouldMake(
            @ForAll @IntRange(max = 1023) int shape,
            @ForAll @Size(5) List<Fate> fates,
            @ForAll @Size(5) List<Boolean> edited)
            throws SelectionException {
        Run earlier = shaped(shape, List.of(false, false, false, false, false)).run("r1", null);
        ExecutionPlan plan = shaped(shape, edited).plan();

        Map<StepName, Event> opened = open(plan, results(earlier, fates));

        for (PlannedStep step : plan.steps()) {
            int index = step.name().value().charAt(0) - 'a';
            boolean aboveRuns =
                    step.dependencies().stream().anyMatch(needed -> !(opened.get(needed) instanceof Event.StepReused));
            boolean same = fates.get(index) == Fate.INTACT && !edited.get(index) && !aboveRuns;
            Event event = opened.get(step.name());
            assertThat(event instanceof Event.StepReused).isEqualTo(same);
            if (event instanceof Event.StepRunsAgain again) {
                assertThat(again.reason()).isEqualTo(reason(step, index, fates, edited, opened));
            }
        }
    }

    private static String reason(
            PlannedStep step, int index, List<Fate> fates, List<Boolean> edited, Map<StepName, Event> opened) {
        if (fates.get(index) == Fate.UNFINISHED) {
            return "never finished in r1";
        }
        for (StepName needed : step.dependencies().stream().sorted().toList()) {
            if (!(opened.get(needed) instanceof Event.StepReused)) {
                return needed + " runs again";
            }
        }
        if (edited.get(index)) {
            return "args.max-words changed: 300 → 500";
        }
        String output = "its output at memory:/output/clouds/r1/" + step.name();
        return output + (fates.get(index) == Fate.GONE ? " is gone" : " has changed");
    }

    private static Map<StepName, Event> open(ExecutionPlan plan, PreviousResults earlier) throws SelectionException {
        RunInitializer opening =
                RunInitializer.of(new StepGraph(plan), RunState.of(plan), Selection.NONE, earlier, FakeClock.START);
        Map<StepName, Event> byStep = new HashMap<>();
        opening.events().forEach(event -> byStep.put(((Event.StepEvent) event).step(), event));
        return byStep;
    }

    private static Plans shaped(int shape, List<Boolean> edited) {
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

    private static PreviousResults results(Run run, List<Fate> fates) {
        RunState state = RunState.of(run.plan());
        Map<StepName, OutputSummary> found = new HashMap<>();
        for (int step = 0; step < NAMES.length; step++) {
            AttemptId attempt = new AttemptId(name(NAMES[step]), 1);
            if (fates.get(step) != Fate.UNFINISHED) {
                state = state.after(List.of(
                        new Event.AttemptSubmitted(FakeClock.START, attempt),
                        new Event.AttemptSucceeded(FakeClock.START, attempt, MADE, 1L)));
            }
            if (fates.get(step) == Fate.INTACT || fates.get(step) == Fate.CHANGED) {
                found.put(attempt.step(), fates.get(step) == Fate.INTACT ? MADE : OTHER);
            }
        }
        return PreviousResults.of(run, state, new RunUris(run, state, new InMemoryWorkspace()), found);
    }
}
