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
 * Removes steps and their dependents from a run. The caller must hold the run's lease.
 *
 * @param steps the steps to remove, or removed, in topological order
 * @param running the requested steps that are running now; they continue unless they are among {@code steps}
 * @param endedBefore steps that ended before they could be cancelled; empty until the removal is executed
 * @param refusal why the steps cannot be removed; empty when they can
 */
public record StepRemoval(List<StepName> steps, List<StepName> running, List<StepName> endedBefore, String refusal) {
    /** Journals of earlier versions mark removed steps by nothing but this text. It must not change. */
    static final String REASON = "taken out by delete_steps";

    public StepRemoval {
        steps = List.copyOf(steps);
        running = List.copyOf(running);
        endedBefore = List.copyOf(endedBefore);
        Objects.requireNonNull(refusal, "refusal");
    }

    /**
     * Plans the removal from a run without active attempts.
     *
     * @param named the steps; if empty, all steps that have not started
     */
    public static StepRemoval of(Run run, Journals journals, Set<StepName> named) throws IOException {
        RunState state = RunState.of(run, journals);
        StepGraph graph = new StepGraph(run.plan());
        Set<StepName> all = named.isEmpty() ? state.steps().keySet() : graph.withDownstream(named);
        List<StepName> started = filter(graph, all, name -> state.phase(name).isActive() || hasEnded(state, name));
        return named.isEmpty() || started.isEmpty()
                ? new StepRemoval(
                        filter(graph, all, name -> !started.contains(name) && !isLeftOut(state, name)),
                        List.of(),
                        List.of(),
                        "")
                : refused(
                        run,
                        List.of(),
                        names(started) + " already started. Only steps that have not started can be removed.");
    }

    /** Plans the removal from a run with active attempts: {@code state} must reflect which of them are running. */
    static StepRemoval of(Run run, RunState state, Set<StepName> named, boolean cancel) {
        StepGraph graph = new StepGraph(run.plan());
        Set<StepName> all = named.isEmpty() ? state.steps().keySet() : graph.withDownstream(named);
        List<StepName> ended = filter(graph, all, name -> hasEnded(state, name));
        List<StepName> running = filter(graph, all, name -> state.phase(name) == StepPhase.RUNNING);
        if (!named.isEmpty() && !ended.isEmpty()) {
            return refused(
                    run, running, names(ended) + " already ended. Only steps that have not ended can be removed.");
        } else if (!named.isEmpty() && !running.isEmpty() && !cancel) {
            return refused(
                    run,
                    running,
                    names(running) + (running.size() == 1 ? " is" : " are")
                            + " running. Pass --cancel to stop running steps.");
        }
        return new StepRemoval(
                filter(
                        graph,
                        all,
                        name -> !ended.contains(name)
                                && !isLeftOut(state, name)
                                && (cancel || !running.contains(name))),
                running,
                List.of(),
                "");
    }

    private static StepRemoval refused(Run run, List<StepName> running, String reason) {
        return new StepRemoval(
                List.of(), running, List.of(), "Nothing was removed from run " + run.id() + ": " + reason);
    }

    private static String names(List<StepName> steps) {
        return steps.stream().map(StepName::value).collect(Collectors.joining(", "));
    }

    private static List<StepName> filter(StepGraph graph, Set<StepName> all, Predicate<StepName> condition) {
        return graph.steps().stream()
                .map(PlannedStep::name)
                .filter(all::contains)
                .filter(condition)
                .toList();
    }

    private static boolean hasEnded(RunState state, StepName name) {
        return state.phase(name).hasResult() || state.phase(name) == StepPhase.FAILED;
    }

    private static boolean isLeftOut(RunState state, StepName name) {
        return state.phase(name) == StepPhase.SKIPPED && state.step(name).blockedBy() == null;
    }

    public void execute(Run run, Journals journals, Instant now) throws IOException {
        try (Journal journal = journals.open(run.id())) {
            RunLog log = new RunLog(run, journal, journals.location(run.id()), RunListener.NONE);
            log.add(events(log.state(), steps, now));
        }
    }

    /** The events that remove steps without active attempts. */
    static List<Event> events(RunState state, List<StepName> steps, Instant now) {
        List<Event> events = new ArrayList<>();
        for (StepName name : steps) {
            if (state.phase(name) != StepPhase.WAITING) {
                events.add(new Event.StepReset(now, name, REASON, false));
            }
            events.add(new Event.StepSkipped(now, name, REASON, null, true));
        }
        return events;
    }
}
