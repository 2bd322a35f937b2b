package org.emrelay.runner.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.run.Event.StepCancelled;
import org.emrelay.runner.run.Event.StepSkipped;
import org.jspecify.annotations.Nullable;

/**
 * The next actions of a run, derived from its state alone.
 *
 * @param submit steps to submit in plan order: ready ones and, on a sequential platform, those to queue behind them
 * @param events record the steps that do not run: their input is missing, or the failure policy of another step forbids new starts
 * @param stop steps whose attempts must be stopped
 * @param stopReason why they are stopped; empty when none are
 */
record NextActions(List<StepName> submit, List<Event> events, List<StepName> stop, String stopReason) {
    NextActions {
        submit = List.copyOf(submit);
        events = List.copyOf(events);
        stop = List.copyOf(stop);
    }

    /**
     * May submit a step while its dependencies are still active.
     *
     * @param mayQueueBehind whether the platform starts a step queued behind this active step only if this one
     *     succeeds
     */
    static NextActions of(StepGraph graph, RunState state, Predicate<StepName> mayQueueBehind, Instant now) {
        return new Builder(graph, state, mayQueueBehind, now).build();
    }

    /** The first step that can start once all active steps have succeeded. */
    static Optional<StepName> likelyNext(StepGraph graph, RunState state) {
        HaltingSteps halting = new HaltingSteps(graph, state);
        return graph.steps().stream()
                .map(PlannedStep::name)
                .filter(step -> state.phase(step) == StepPhase.WAITING && halting.of(step) == null)
                .filter(step -> graph.dependencies(step).stream()
                        .allMatch(needed -> state.phase(needed).isActive() || isMet(graph, state, step, needed)))
                .findFirst();
    }

    /**
     * A step that was left out on purpose blocks the steps that read its output, not those that only run after it.
     */
    private static boolean isMet(StepGraph graph, RunState state, StepName step, StepName needed) {
        StepPhase phase = state.phase(needed);
        return phase.hasResult()
                || (phase == StepPhase.SKIPPED
                        && state.step(needed).blockedBy() == null
                        && !graph.reads(step).contains(needed));
    }

    private static final class Builder {
        private final StepGraph graph;
        private final RunState state;
        private final Predicate<StepName> mayQueueBehind;
        private final Instant now;
        private final HaltingSteps halting;
        private final OpenDays openDays;
        private final Map<StepName, StepSkipped> blocked = new HashMap<>();
        private final List<StepName> submit = new ArrayList<>();
        private final List<Event> skips = new ArrayList<>();
        private final List<Event> cancels = new ArrayList<>();
        private final List<StepName> stop = new ArrayList<>();

        Builder(StepGraph graph, RunState state, Predicate<StepName> mayQueueBehind, Instant now) {
            this.graph = graph;
            this.state = state;
            this.mayQueueBehind = mayQueueBehind;
            this.now = now;
            this.halting = new HaltingSteps(graph, state);
            this.openDays = graph.openDays();
        }

        NextActions build() {
            graph.steps().forEach(this::add);
            List<Event> events = new ArrayList<>(skips);
            events.addAll(cancels);
            return new NextActions(submit, events, stop, stopReason());
        }

        private String stopReason() {
            List<String> reasons = stop.stream()
                    .map(halting::of)
                    .filter(Objects::nonNull)
                    .map(failed -> failed.name() + " failed")
                    .distinct()
                    .toList();
            if (reasons.size() == 1) {
                return reasons.get(0);
            }
            return stop.isEmpty() ? "" : reasons.isEmpty() ? "its input is missing" : "another step of its day failed";
        }

        private void add(PlannedStep step) {
            StepName name = step.name();
            StepPhase phase = state.phase(name);
            if (phase.isActive()) {
                openDays.add(name);
                stopIfHalting(name, phase);
                stopWithoutInput(name);
                return;
            }
            StepSkipped skip = findBlocker(name);
            if (skip != null) {
                blocked.put(name, skip);
            }
            if (phase != StepPhase.WAITING) {
                return;
            }
            if (skip != null) {
                skips.add(skip);
                return;
            }
            PlannedStep failed = halting.of(name);
            if (failed != null) {
                cancels.add(new StepCancelled(now, name, failed.name() + " failed"));
            } else if (openDays.admit(name)
                    && graph.dependencies(name).stream().allMatch(needed -> isOrWillBeMet(name, needed))) {
                submit.add(name);
            }
        }

        private void stopIfHalting(StepName name, StepPhase phase) {
            PlannedStep failed = halting.of(name);
            if (failed != null
                    && (phase == StepPhase.SUBMITTED
                            || failed.failurePolicy().onFailure() == OnFailure.TERMINATE_CLUSTER)) {
                stop.add(name);
            }
        }

        private boolean isOrWillBeMet(StepName step, StepName needed) {
            boolean pending = state.phase(needed).isActive() || submit.contains(needed);
            return isMet(graph, state, step, needed) || (pending && mayQueueBehind.test(needed));
        }

        /** A queued step must not start if the step ahead of it did not produce its input. */
        private void stopWithoutInput(StepName step) {
            boolean inputMissing = graph.dependencies(step).stream()
                    .anyMatch(needed -> !state.phase(needed).isActive() && !isMet(graph, state, step, needed));
            if (inputMissing && !stop.contains(step)) {
                stop.add(step);
            }
        }

        /** The skip names the failed step itself, not a skipped step between the two. */
        private @Nullable StepSkipped findBlocker(StepName step) {
            for (StepName needed : sorted(step)) {
                StepState neededState = state.step(needed);
                if (neededState.phase() == StepPhase.FAILED) {
                    return new StepSkipped(now, step, "needs " + needed + ", which failed", needed);
                }
                StepSkipped upstream = blocked.get(needed);
                if (upstream != null && !neededState.phase().hasResult()) {
                    return new StepSkipped(now, step, upstream.reason(), upstream.blockedBy());
                }
                if (neededState.phase() == StepPhase.SKIPPED
                        && neededState.blockedBy() == null
                        && graph.reads(step).contains(needed)) {
                    return new StepSkipped(
                            now, step, "needs " + needed + ", which is skipped: " + neededState.reason(), needed);
                }
            }
            return null;
        }

        private List<StepName> sorted(StepName step) {
            return graph.dependencies(step).stream().sorted().toList();
        }
    }
}
