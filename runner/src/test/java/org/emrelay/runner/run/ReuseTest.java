package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.run.RunRetention.OldRun;
import org.jspecify.annotations.Nullable;

/**
 * Histories of runs with edits, failures, selections, and outputs that are deleted or changed in between. A result is reused
 * exactly when a model says so that looks at everything.
 */
final class ReuseTest {
    private static final String[] NAMES = {"a", "b", "c", "d"};

    /**
     * One run and what happens to its outputs afterwards.
     *
     * @param arguments the argument of each step
     * @param failing the steps that do not finish
     * @param only the step that {@code --only} names; none beyond the last step
     */
    private record Round(List<String> arguments, List<Boolean> failing, int only, List<Damage> damages) {}

    private enum Damage {
        NONE,
        DELETED,
        CHANGED
    }

    /** What the model knows of a step in a run. */
    private record Known(
            RunId run,
            String fingerprint,
            String output,
            @Nullable OutputSummary summary,
            boolean isCurrent) {}

    private final InMemoryWorkspace workspace = new InMemoryWorkspace();
    private final InMemoryJournals journals = new InMemoryJournals();

    /** Newest first. */
    private final List<Map<StepName, Known>> history = new ArrayList<>();

    private int outputs;

    @Provide
    Arbitrary<List<Round>> rounds() {
        return Combinators.combine(
                        Arbitraries.of("300", "500").list().ofSize(NAMES.length),
                        Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true))
                                .list()
                                .ofSize(NAMES.length),
                        Arbitraries.integers().between(0, 3 * NAMES.length),
                        Arbitraries.frequency(
                                        Tuple.of(5, Damage.NONE),
                                        Tuple.of(1, Damage.DELETED),
                                        Tuple.of(1, Damage.CHANGED))
                                .list()
                                .ofSize(NAMES.length))
                .as(Round::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(7);
    }

    @Property(tries = 300)
    void aResultIsReusedExactlyIfTheModelSaysSo(
            @ForAll @IntRange(max = 63) int shape, @ForAll("rounds") List<Round> rounds) throws IOException {
        ReuseTest fresh = new ReuseTest();
        for (Round round : rounds) {
            fresh.run(plan(shape, round), round);
        }
    }

    /** A cleanup changes neither what any recorded plan would reuse, nor why the rest would run. */
    @Property(tries = 50)
    void aCleanupDoesNotChangeWhatLaterRunsReuse(
            @ForAll @IntRange(max = 63) int shape,
            @ForAll("rounds") List<Round> rounds,
            @ForAll @IntRange(min = 1, max = 3) int keep,
            @ForAll boolean outdated)
            throws IOException {
        ReuseTest fresh = new ReuseTest();
        for (Round round : rounds) {
            fresh.run(plan(shape, round), round);
        }
        List<Run> runs = new RunStore(fresh.workspace).runsBefore(null);
        // With --outdated, only the plans of kept runs matter.
        List<Run> planned = outdated ? runs.subList(0, Math.min(keep, runs.size())) : runs;
        List<String> before = fresh.previews(planned);

        for (OldRun old : new RunRetention(keep, null, outdated).find(Set.of(), fresh.journals, fresh.workspace)) {
            assertThat(runs.indexOf(old.run())).isGreaterThanOrEqualTo(keep);
            for (StepName step : old.steps()) {
                String output = fresh.workspace.uri("output/clouds/" + old.run().id() + "/" + step);
                fresh.workspace.clear(output);
            }
        }

        assertThat(fresh.previews(planned)).isEqualTo(before);
    }

    private List<String> previews(List<Run> runs) throws IOException {
        List<Selection> selections = new ArrayList<>(List.of(Selection.NONE));
        for (String name : NAMES) {
            selections.add(new Selection(Set.of(), Set.of(Plans.name(name)), Set.of()));
        }
        List<String> previews = new ArrayList<>();
        for (Run run : runs) {
            for (Selection selection : selections) {
                try {
                    RunPreview preview =
                            RunPreview.of(run.plan(), selection, new Reuse.OfAllRuns(), journals, workspace);
                    previews.add(run.id() + " " + selection + " " + new TreeMap<>(preview.decisions()));
                } catch (SelectionException impossible) {
                    previews.add(run.id() + " " + selection + " " + impossible.getMessage());
                }
            }
        }
        return previews;
    }

    /** Each pair of steps is connected or not. */
    private static ExecutionPlan plan(int shape, Round round) {
        Plans plans = Plans.plans();
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
            plans.argument(NAMES[step], round.arguments().get(step));
        }
        return plans.plan();
    }

    private void run(ExecutionPlan plan, Round round) throws IOException {
        RunId id = new RunId(String.format("20261121-%06d-ab3f", history.size()));
        Run run = new Run(id, Plans.CLUSTER, plan, new Reuse.OfAllRuns(), FakeClock.START);
        Selection selection = round.only() < NAMES.length
                ? new Selection(Set.of(), Set.of(Plans.name(NAMES[round.only()])), Set.of())
                : Selection.NONE;
        new RunStore(workspace).update(run);
        StepGraph graph = new StepGraph(plan);
        PreviousResults previous = ResultHistory.results(run, selection, journals, workspace);
        boolean isPossible = selection.only().stream()
                .allMatch(only -> graph.reads(only).stream()
                        .allMatch(read -> expectedUsable(graph.step(read)).isPresent()));
        if (!isPossible) {
            assertThatThrownBy(() -> RunInitializer.of(graph, RunState.of(plan), selection, previous, FakeClock.START))
                    .isInstanceOf(SelectionException.class);
            history.add(0, Map.of());
            return;
        }
        List<Event> events =
                new ArrayList<>(RunInitializer.of(graph, RunState.of(plan), selection, previous, FakeClock.START)
                        .events());
        events.add(new Event.RunBegan(FakeClock.START));
        checkDecisions(plan, selection, events);
        execute(run, round, events);
    }

    private void checkDecisions(ExecutionPlan plan, Selection selection, List<Event> events) {
        Map<StepName, Event> decisions = new HashMap<>();
        events.stream()
                .filter(Event.StepEvent.class::isInstance)
                .forEach(event -> decisions.put(((Event.StepEvent) event).step(), event));
        StepGraph graph = new StepGraph(plan);
        Set<StepName> downstream = graph.withDownstream(selection.selected(graph));
        for (PlannedStep step : plan.steps()) {
            Optional<Known> expected;
            if (selection.isNone()) {
                boolean upstreamRuns = step.dependencies().stream()
                        .anyMatch(needed -> !(decisions.get(needed) instanceof Event.StepReused));
                expected = upstreamRuns ? Optional.empty() : expectedFit(step);
            } else {
                expected = downstream.contains(step.name()) ? Optional.empty() : expectedUsable(step);
            }
            Optional<RunId> reusedFrom = decisions.get(step.name()) instanceof Event.StepReused reused
                    ? Optional.of(reused.from())
                    : Optional.empty();
            assertThat(reusedFrom).as(step.name().value()).isEqualTo(expected.map(Known::run));
        }
    }

    /** The newest result that the step would produce again. */
    private Optional<Known> expectedFit(PlannedStep step) {
        return newest(
                step,
                known -> known.isCurrent()
                        && known.fingerprint().equals(step.fingerprint().value()));
    }

    /** The newest one that can be read if none fits. */
    private Optional<Known> expectedUsable(PlannedStep step) {
        return expectedFit(step).or(() -> newest(step, known -> true));
    }

    private Optional<Known> newest(PlannedStep step, Predicate<Known> condition) {
        return history.stream()
                .map(steps -> steps.get(step.name()))
                .filter(Objects::nonNull)
                .filter(known -> Objects.equals(workspace.outputs.get(known.output()), known.summary()))
                .filter(condition)
                .findFirst();
    }

    /** Lets the steps run that can, and damages outputs. */
    private void execute(Run run, Round round, List<Event> decided) throws IOException {
        List<Event> events = new ArrayList<>(decided);
        Map<StepName, Known> knowns = new LinkedHashMap<>();
        for (int index = 0; index < NAMES.length; index++) {
            PlannedStep step = run.plan().find(Plans.name(NAMES[index])).orElseThrow();
            RunState state = RunState.of(run.plan()).after(events);
            StepState stepState = state.step(step.name());
            String output = new RunUris(run, state, workspace).outputUri(step.name());
            boolean readsCurrent = step.inputSteps().stream()
                    .allMatch(
                            read -> knowns.containsKey(read) && knowns.get(read).isCurrent());
            if (stepState.phase() == StepPhase.REUSED) {
                Event.StepReused reused = Objects.requireNonNull(stepState.reused());
                knowns.put(
                        step.name(),
                        known(
                                reused.from(),
                                step,
                                output,
                                reused.summary(),
                                reused.staleReason().isEmpty()));
            } else if (stepState.phase() == StepPhase.WAITING
                    && !round.failing().get(index)
                    && step.dependencies().stream().allMatch(knowns::containsKey)) {
                OutputSummary summary = new OutputSummary(1, 10, "output " + outputs++);
                workspace.outputs.put(output, summary);
                AttemptId attempt = new AttemptId(step.name(), 1);
                events.add(new Event.AttemptSubmitted(FakeClock.START, attempt));
                events.add(new Event.AttemptSucceeded(FakeClock.START, attempt, summary, 1L));
                knowns.put(step.name(), known(run.id(), step, output, summary, readsCurrent));
            }
        }
        try (Journal journal = journals.open(run.id())) {
            journal.append(events);
        }
        history.add(0, knowns);
        for (int index = 0; index < NAMES.length; index++) {
            Known known = knowns.get(Plans.name(NAMES[index]));
            if (known != null) {
                damage(known.output(), round.damages().get(index));
            }
        }
    }

    private static Known known(
            RunId producer, PlannedStep step, String output, @Nullable OutputSummary summary, boolean isCurrent) {
        return new Known(producer, step.fingerprint().value(), output, summary, isCurrent);
    }

    private void damage(String output, Damage damage) {
        if (damage == Damage.DELETED) {
            workspace.outputs.remove(output);
        } else if (damage == Damage.CHANGED) {
            workspace.outputs.put(output, new OutputSummary(1, 10, "changed"));
        }
    }
}
