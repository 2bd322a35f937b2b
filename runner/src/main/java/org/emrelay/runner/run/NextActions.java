package org.emrelay.runner.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done next in a run, as far as its state tells.
 *
 * @param submit steps whose turn has come or, where the platform keeps to an order, will come, in the plan's order
 * @param stop steps whose attempts are to be stopped
 * @param stopReason why; empty when nothing is to be stopped
 */
record NextActions(
        List<StepName> submit, List<Skip> skips, List<Cancel> cancels, List<StepName> stop, String stopReason) {

    /** A step that will not run, since it needs something that is not there. */
    record Skip(StepName step, String reason, StepName blockedBy) {}

    /** A step that will not run, since a failed one said that nothing further starts. */
    record Cancel(StepName step, String reason) {}

    NextActions {
        submit = List.copyOf(submit);
        skips = List.copyOf(skips);
        cancels = List.copyOf(cancels);
        stop = List.copyOf(stop);
    }

    /** Where a step is handed over once it can start. */
    static NextActions of(StepGraph graph, RunState state) {
        return of(graph, state, step -> false);
    }

    /**
     * Where a step may be handed over behind those that it needs.
     *
     * @param ahead whether a step behind this one, which is in the platform's hands or comes there now, will not start unless this one ends well
     */
    static NextActions of(StepGraph graph, RunState state, Predicate<StepName> ahead) {
        return new Deciding(graph, state, ahead).decision();
    }

    /** The step that can start once those in the platform's hands have ended well. */
    static Optional<StepName> likelyNext(StepGraph graph, RunState state) {
        if (halting(graph, state) != null) {
            return Optional.empty();
        }
        return graph.steps().stream()
                .map(PlannedStep::name)
                .filter(step -> state.phase(step) == StepPhase.WAITING)
                .filter(step -> graph.dependencies(step).stream()
                        .allMatch(needed -> state.phase(needed).isActive() || isMet(graph, state, step, needed)))
                .findFirst();
    }

    /** The failed step that ends the run, one that ends the cluster before others; null when none does. */
    static @Nullable PlannedStep halting(StepGraph graph, RunState state) {
        PlannedStep halting = null;
        for (PlannedStep step : graph.steps()) {
            if (state.phase(step.name()) == StepPhase.FAILED) {
                OnFailure policy = step.failurePolicy().onFailure();
                if (policy == OnFailure.TERMINATE_CLUSTER) {
                    return step;
                } else if (policy == OnFailure.CANCEL && halting == null) {
                    halting = step;
                }
            }
        }
        return halting;
    }

    /** A step that was left out on purpose holds up those that read it, not those that only come after it. */
    private static boolean isMet(StepGraph graph, RunState state, StepName step, StepName needed) {
        StepPhase phase = state.phase(needed);
        return phase.hasResult()
                || (phase == StepPhase.SKIPPED
                        && state.step(needed).blockedBy() == null
                        && !graph.reads(step).contains(needed));
    }

    private static final class Deciding {
        private final StepGraph graph;
        private final RunState state;
        private final Predicate<StepName> ahead;
        private final @Nullable PlannedStep halting;
        private final Map<StepName, Skip> blocked = new HashMap<>();
        private final List<StepName> submit = new ArrayList<>();
        private final List<Skip> skips = new ArrayList<>();
        private final List<Cancel> cancels = new ArrayList<>();
        private final List<StepName> stop = new ArrayList<>();

        Deciding(StepGraph graph, RunState state, Predicate<StepName> ahead) {
            this.graph = graph;
            this.state = state;
            this.ahead = ahead;
            this.halting = halting(graph, state);
        }

        NextActions decision() {
            graph.steps().forEach(this::decide);
            return new NextActions(submit, skips, cancels, stop, stopReason());
        }

        private String stopReason() {
            if (halting != null) {
                return halting.name() + " failed";
            }
            return stop.isEmpty() ? "" : "what it needs is not there";
        }

        private void decide(PlannedStep step) {
            StepName name = step.name();
            StepPhase phase = state.phase(name);
            if (phase.isActive()) {
                stopIfHalting(name, phase);
                stopWithoutInput(name);
                return;
            }
            Skip skip = missing(name);
            if (skip != null) {
                blocked.put(name, skip);
            }
            if (phase != StepPhase.WAITING) {
                return;
            }
            if (skip != null) {
                skips.add(skip);
            } else if (halting != null) {
                cancels.add(new Cancel(name, halting.name() + " failed"));
            } else if (graph.dependencies(name).stream().allMatch(needed -> isOrWillBeMet(name, needed))) {
                submit.add(name);
            }
        }

        private void stopIfHalting(StepName name, StepPhase phase) {
            if (halting != null
                    && (phase == StepPhase.SUBMITTED
                            || halting.failurePolicy().onFailure() == OnFailure.TERMINATE_CLUSTER)) {
                stop.add(name);
            }
        }

        private boolean isOrWillBeMet(StepName step, StepName needed) {
            boolean comes = state.phase(needed).isActive() || submit.contains(needed);
            return isMet(graph, state, step, needed) || (comes && ahead.test(needed));
        }

        /** What was handed over behind a step that was to make its input, and then did not. */
        private void stopWithoutInput(StepName step) {
            boolean lacks = graph.dependencies(step).stream()
                    .anyMatch(needed -> !state.phase(needed).isActive() && !isMet(graph, state, step, needed));
            if (lacks && !stop.contains(step)) {
                stop.add(step);
            }
        }

        /** Names the failed step itself, not the ones between that were skipped for it. */
        private @Nullable Skip missing(StepName step) {
            for (StepName needed : sorted(step)) {
                StepState there = state.step(needed);
                if (there.phase() == StepPhase.FAILED) {
                    return new Skip(step, "needs " + needed + ", which failed", needed);
                }
                Skip above = blocked.get(needed);
                if (above != null && !there.phase().hasResult()) {
                    return new Skip(step, above.reason(), above.blockedBy());
                }
                if (there.phase() == StepPhase.SKIPPED
                        && there.blockedBy() == null
                        && graph.reads(step).contains(needed)) {
                    return new Skip(step, "needs " + needed + ", which is left out: " + there.reason(), needed);
                }
            }
            return null;
        }

        private List<StepName> sorted(StepName step) {
            return graph.dependencies(step).stream().sorted().toList();
        }
    }
}
