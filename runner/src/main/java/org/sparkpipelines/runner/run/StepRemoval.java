package org.sparkpipelines.runner.run;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparkpipelines.runner.model.StepName;

/**
 * Takes steps that have not started out of a run, with all that depends on them. Whoever carries it out keeps other runners away.
 *
 * @param steps what would be taken out, in an order in which they could have run
 * @param refusal why that cannot be done; empty when it can
 */
public record StepRemoval(List<StepName> steps, String refusal) {
    private static final String REASON = "taken out by delete_steps";

    public StepRemoval {
        steps = List.copyOf(steps);
        Objects.requireNonNull(refusal, "refusal");
    }

    /**
     * Looks what it would mean.
     *
     * @param named which steps; all that have not started when empty
     */
    public static StepRemoval of(Run run, Journals journals, Set<StepName> named) throws IOException {
        RunState state = RunState.of(run, journals);
        StepGraph graph = new StepGraph(run.plan());
        Set<StepName> started = graph.steps().stream()
                .map(step -> step.name())
                .filter(name -> hasStarted(state, name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (named.isEmpty()) {
            return new StepRemoval(waiting(graph, state, state.steps().keySet()), "");
        }
        Set<StepName> all = graph.withAllBelow(named);
        String late =
                all.stream().filter(started::contains).map(StepName::value).collect(Collectors.joining(", "));
        return late.isEmpty()
                ? new StepRemoval(waiting(graph, state, all), "")
                : new StepRemoval(
                        List.of(),
                        "Nothing was taken out of run " + run.id() + ": " + late
                                + " started already. Only steps that have not started can be taken out.");
    }

    /** Whether the step stays out of its run, also of one that has not begun, until it is chosen by hand. */
    static boolean hasTakenOut(StepState step) {
        return step.phase() == StepPhase.SKIPPED && step.reason().equals(REASON);
    }

    private static boolean hasStarted(RunState state, StepName name) {
        StepPhase phase = state.phase(name);
        return phase.isActive() || phase.hasResult() || phase == StepPhase.FAILED;
    }

    private static List<StepName> waiting(StepGraph graph, RunState state, Set<StepName> candidates) {
        return graph.steps().stream()
                .map(step -> step.name())
                .filter(candidates::contains)
                .filter(name -> !hasStarted(state, name) && !isLeftOut(state, name))
                .toList();
    }

    private static boolean isLeftOut(RunState state, StepName name) {
        return state.phase(name) == StepPhase.SKIPPED && state.step(name).blockedBy() == null;
    }

    public void carryOut(Run run, Journals journals, Instant now) throws IOException {
        try (Journal journal = journals.open(run.id())) {
            RunLog log = new RunLog(run, journal, journals.place(run.id()), RunListener.NONE);
            List<Event> events = new ArrayList<>();
            for (StepName name : steps) {
                if (log.state().phase(name) != StepPhase.WAITING) {
                    events.add(new Event.StepReset(now, name, REASON, false));
                }
                events.add(new Event.StepSkipped(now, name, REASON, null));
            }
            log.add(events);
        }
    }
}
