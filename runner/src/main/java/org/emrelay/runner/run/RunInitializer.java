package org.emrelay.runner.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.run.Event.StepReset;
import org.emrelay.runner.run.Event.StepReused;
import org.emrelay.runner.run.Event.StepRunsAgain;
import org.emrelay.runner.run.Event.StepSkipped;
import org.jspecify.annotations.Nullable;

/**
 * Decides which steps run, are reused or are skipped before an execution starts. The decision is idempotent, so a
 * crash in between does no harm.
 *
 * @param events the events to record
 * @param stepsToStop steps whose attempts must end first, because their inputs are produced again
 */
record RunInitializer(List<Event> events, List<StepName> stepsToStop) {
    RunInitializer {
        events = List.copyOf(events);
        stepsToStop = List.copyOf(stepsToStop);
    }

    /**
     * @param previous the results that can be reused: this run's own once it has begun, otherwise those of the run
     *     it resumes; null when there are none
     */
    static RunInitializer of(
            StepGraph graph, RunState state, Selection selection, @Nullable PreviousResults previous, Instant now)
            throws SelectionException {
        return new Builder(graph, state, selection, previous, now).build();
    }

    private static final class Builder {
        private final StepGraph graph;
        private final RunState state;
        private final Selection selection;
        private final @Nullable PreviousResults previous;
        private final Instant now;
        private final Set<StepName> selected;
        private final Set<StepName> downstreamOfSelected;
        private final Set<StepName> needed = new LinkedHashSet<>();
        private final Set<StepName> rerunning = new LinkedHashSet<>();
        private final List<Event> events = new ArrayList<>();
        private final List<StepName> stepsToStop = new ArrayList<>();

        Builder(StepGraph graph, RunState state, Selection selection, @Nullable PreviousResults previous, Instant now) {
            this.graph = graph;
            this.state = state;
            this.selection = selection;
            this.previous = previous;
            this.now = now;
            this.selected = selection.selected(graph);
            this.downstreamOfSelected = graph.withDownstream(selected);
            selected.forEach(step -> needed.addAll(graph.reads(step)));
            needed.removeAll(selected);
        }

        RunInitializer build() throws SelectionException {
            for (PlannedStep step : graph.steps()) {
                if (!step.runs()) {
                    skip(step.name(), step.skipReason());
                } else if (selected.contains(step.name())) {
                    checkInputs(step.name());
                    run(step.name(), rerunReason(step), false);
                } else if (selection.isRestricting()) {
                    decideUnselected(step);
                } else if (state.hasBegun()) {
                    decideAgain(step);
                } else {
                    decideFirst(step);
                }
            }
            return new RunInitializer(events, stepsToStop);
        }

        private String rerunReason(PlannedStep step) {
            if (selection.rerun().contains(step.name())
                    || selection.from().contains(step.name())
                    || selection.only().contains(step.name())) {
                return "selected by " + selection.option(step.name());
            }
            return step.dependencies().stream()
                    .sorted()
                    .filter(rerunning::contains)
                    .findFirst()
                    .map(upstream -> upstream + " runs again")
                    .orElse("");
        }

        private void decideFirst(PlannedStep step) {
            if (state.step(step.name()).isRemoved()) {
                return;
            } else if (previous == null) {
                run(step.name(), "", false);
                return;
            }
            String rerunReason = previous.rerunReason(step, rerunning);
            EarlierResult result = previous.find(step.name());
            if (rerunReason.isEmpty() && result != null) {
                reuse(step.name(), result, "");
            } else {
                run(step.name(), rerunReason, false);
            }
        }

        private void decideAgain(PlannedStep step) {
            StepName name = step.name();
            StepState stepState = state.step(name);
            EarlierResult result = previous == null ? null : previous.find(name);
            String rerunReason = rerunReason(step);
            if (isQueuedBehindPendingInputs(step)) {
                rerunning.add(name);
            } else if (!rerunReason.isEmpty()
                    && (stepState.phase().hasResult() || stepState.phase().isActive())) {
                run(name, rerunReason, false);
            } else if (stepState.phase().hasResult() && result != null && !result.isUsable()) {
                run(name, result.unusableReason(), result.changed());
            } else if (stepState.phase() == StepPhase.FAILED) {
                run(name, "it failed before", false);
            } else if (stepState.phase() == StepPhase.CANCELLED) {
                run(name, "it was cancelled before", false);
            } else if (stepState.phase() == StepPhase.SKIPPED && stepState.blockedBy() != null) {
                run(name, "it was skipped before", false);
            } else if (!stepState.phase().isSettled()) {
                rerunning.add(name);
            }
        }

        /** The step is queued behind active attempts and will read their new outputs. */
        private boolean isQueuedBehindPendingInputs(PlannedStep step) {
            return state.phase(step.name()) == StepPhase.SUBMITTED
                    && step.dependencies().stream()
                            .filter(rerunning::contains)
                            .allMatch(upstream -> state.phase(upstream).isActive() && !stepsToStop.contains(upstream));
        }

        private void checkInputs(StepName step) throws SelectionException {
            for (StepName read : graph.reads(step).stream().sorted().toList()) {
                boolean leftOut = state.phase(read) == StepPhase.SKIPPED
                        && state.step(read).blockedBy() == null
                        && graph.step(read).runs();
                boolean decided = state.hasBegun() || state.step(read).isRemoved();
                if (decided && leftOut && !selection.isRestricting() && !selected.contains(read)) {
                    throw new SelectionException(selection.option(step) + ": " + step + " needs the output of " + read
                            + ", which is skipped in this run. Select " + read + " too.");
                }
            }
        }

        private void decideUnselected(PlannedStep step) throws SelectionException {
            StepName name = step.name();
            EarlierResult result = previous == null ? null : previous.findUsable(step);
            boolean usable = result != null && result.isUsable();
            if (state.phase(name).isActive()) {
                return;
            } else if (needed.contains(name) && !usable) {
                throw new SelectionException(missingOutput(name, result));
            } else if (!usable || downstreamOfSelected.contains(name)) {
                skip(name, "not selected (" + selection.option(name) + ")");
            } else if (!state.hasBegun() && result != null) {
                reuse(name, result, result.staleReason(step));
            }
        }

        private String missingOutput(StepName name, @Nullable EarlierResult result) {
            StepName reader = selected.stream()
                    .filter(step -> graph.reads(step).contains(name))
                    .sorted()
                    .findFirst()
                    .orElse(name);
            String problem = selection.option(reader) + ": " + reader + " needs the output of " + name + ", ";
            String remedy = " Select " + name + " too.";
            if (previous == null) {
                return problem + "and there is no previous run to take it from." + remedy;
            } else if (result == null) {
                return problem + "which is not a step of " + previous.source() + "." + remedy;
            } else if (!result.finished()) {
                return problem + "which " + result.unusableReason() + "." + remedy;
            }
            return problem + "but " + result.unusableReason() + "." + remedy;
        }

        private void run(StepName step, String reason, boolean disowned) {
            StepState stepState = state.step(step);
            rerunning.add(step);
            if (stepState.phase().isActive()) {
                stepsToStop.add(step);
            } else if (stepState.phase() != StepPhase.WAITING) {
                events.add(new StepReset(now, step, reason, disowned));
            } else if (!reason.isEmpty() && !reason.equals(stepState.rerunReason())) {
                events.add(new StepRunsAgain(now, step, reason));
            }
        }

        private void reuse(StepName step, EarlierResult result, String staleReason) {
            StepReused reused = new StepReused(
                    now, step, result.run(), result.output(), result.summary(), result.rows(), staleReason);
            if (state.phase(step) == StepPhase.REUSED) {
                return;
            }
            reset(step);
            events.add(reused);
        }

        private void skip(StepName step, String reason) {
            if (state.phase(step) == StepPhase.SKIPPED) {
                return;
            }
            reset(step);
            events.add(new StepSkipped(now, step, reason, null));
        }

        private void reset(StepName step) {
            if (state.phase(step) != StepPhase.WAITING) {
                events.add(new StepReset(now, step, "selected again", false));
            }
        }
    }
}
