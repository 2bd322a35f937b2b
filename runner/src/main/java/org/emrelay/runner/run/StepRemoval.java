package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;

/**
 * Which steps are taken out of a run, with all that depends on them. Whoever carries it out keeps other runners away.
 *
 * @param steps what would be, or was, taken out, in an order in which they could have run
 * @param running those that were asked for and run at this moment: they go on where they are not among {@code steps}
 * @param late those that ended before they could be stopped; none before it is carried out
 * @param refusal why it cannot be done; empty when it can
 */
public record StepRemoval(List<StepName> steps, List<StepName> running, List<StepName> late, String refusal) {
    static final String REASON = "taken out by delete_steps";

    public StepRemoval {
        steps = List.copyOf(steps);
        running = List.copyOf(running);
        late = List.copyOf(late);
        Objects.requireNonNull(refusal, "refusal");
    }

    /**
     * Looks what it would mean where nothing of the run can be in a platform's hands.
     *
     * @param named which steps; all that have not started when empty
     */
    public static StepRemoval of(Run run, Journals journals, Set<StepName> named) throws IOException {
        RunState state = RunState.of(run, journals);
        StepGraph graph = new StepGraph(run.plan());
        Set<StepName> all = named.isEmpty() ? state.steps().keySet() : graph.withAllBelow(named);
        List<StepName> started = among(graph, all, name -> state.phase(name).isActive() || hasEnded(state, name));
        return named.isEmpty() || started.isEmpty()
                ? new StepRemoval(
                        among(graph, all, name -> !started.contains(name) && !isLeftOut(state, name)),
                        List.of(),
                        List.of(),
                        "")
                : refused(
                        run,
                        List.of(),
                        names(started) + " started already. Only steps that have not started can be" + " taken out.");
    }

    /** What it would mean where the state tells which steps wait at a platform, and which of them run there. */
    static StepRemoval of(Run run, RunState state, Set<StepName> named, boolean cancel) {
        StepGraph graph = new StepGraph(run.plan());
        Set<StepName> all = named.isEmpty() ? state.steps().keySet() : graph.withAllBelow(named);
        List<StepName> ended = among(graph, all, name -> hasEnded(state, name));
        List<StepName> running = among(graph, all, name -> state.phase(name) == StepPhase.RUNNING);
        if (!named.isEmpty() && !ended.isEmpty()) {
            return refused(
                    run, running, names(ended) + " ended already. Only steps that have not ended can be taken out.");
        } else if (!named.isEmpty() && !running.isEmpty() && !cancel) {
            return refused(
                    run,
                    running,
                    names(running) + (running.size() == 1 ? " is" : " are")
                            + " running. Add --cancel to stop what runs.");
        }
        return new StepRemoval(
                among(
                        graph,
                        all,
                        name -> !ended.contains(name)
                                && !isLeftOut(state, name)
                                && (cancel || !running.contains(name))),
                running,
                List.of(),
                "");
    }

    private static StepRemoval refused(Run run, List<StepName> running, String why) {
        return new StepRemoval(List.of(), running, List.of(), "Nothing was taken out of run " + run.id() + ": " + why);
    }

    private static String names(List<StepName> steps) {
        return steps.stream().map(StepName::value).collect(Collectors.joining(", "));
    }

    private static List<StepName> among(StepGraph graph, Set<StepName> all, Predicate<StepName> wanted) {
        return graph.steps().stream()
                .map(PlannedStep::name)
                .filter(all::contains)
                .filter(wanted)
                .toList();
    }

    /** Whether the step stays out of its run, also of one that has not begun, until it is chosen by hand. */
    static boolean hasTakenOut(StepState step) {
        return step.phase() == StepPhase.SKIPPED && step.reason().equals(REASON);
    }

    private static boolean hasEnded(RunState state, StepName name) {
        return state.phase(name).hasResult() || state.phase(name) == StepPhase.FAILED;
    }

    private static boolean isLeftOut(RunState state, StepName name) {
        return state.phase(name) == StepPhase.SKIPPED && state.step(name).blockedBy() == null;
    }

    public void carryOut(Run run, Journals journals, Instant now) throws IOException {
        try (Journal journal = journals.open(run.id())) {
            RunLog log = new RunLog(run, journal, journals.place(run.id()), RunListener.NONE);
            log.add(events(log.state(), steps, now));
        }
    }

    /** Of steps that are not in a platform's hands. */
    static List<Event> events(RunState state, List<StepName> steps, Instant now) {
        List<Event> events = new ArrayList<>();
        for (StepName name : steps) {
            if (state.phase(name) != StepPhase.WAITING) {
                events.add(new Event.StepReset(now, name, REASON, false));
            }
            events.add(new Event.StepSkipped(now, name, REASON, null));
        }
        return events;
    }
}
