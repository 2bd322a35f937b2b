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
import org.emrelay.runner.run.PreviousResults.Result;
import org.jspecify.annotations.Nullable;

/**
 * What an executor settles before a step starts: what runs, what is taken over, what is left out. Deciding twice decides the same,
 * so a crash in the middle does no harm.
 *
 * @param events what has to happen to the steps
 * @param stop steps whose attempts must end first, since what they read is made anew
 */
record RunInitializer(List<Event> events, List<StepName> stop) {
    RunInitializer {
        events = List.copyOf(events);
        stop = List.copyOf(stop);
    }

    /**
     * @param earlier what can be taken over: of this run itself once it has begun, else of the one that it resumes; null when there
     *     is none
     */
    static RunInitializer of(
            StepGraph graph, RunState state, Selection selection, @Nullable PreviousResults earlier, Instant now)
            throws SelectionException {
        return new Settling(graph, state, selection, earlier, now).settle();
    }

    private static final class Settling {
        private final StepGraph graph;
        private final RunState state;
        private final Selection selection;
        private final @Nullable PreviousResults earlier;
        private final Instant now;
        private final Set<StepName> chosen;
        private final Set<StepName> belowChosen;
        private final Set<StepName> needed = new LinkedHashSet<>();
        private final Set<StepName> again = new LinkedHashSet<>();
        private final List<Event> events = new ArrayList<>();
        private final List<StepName> stop = new ArrayList<>();

        Settling(StepGraph graph, RunState state, Selection selection, @Nullable PreviousResults earlier, Instant now) {
            this.graph = graph;
            this.state = state;
            this.selection = selection;
            this.earlier = earlier;
            this.now = now;
            this.chosen = selection.chosen(graph);
            this.belowChosen = graph.withAllBelow(chosen);
            chosen.forEach(step -> needed.addAll(graph.reads(step)));
            needed.removeAll(chosen);
        }

        RunInitializer settle() throws SelectionException {
            for (PlannedStep step : graph.steps()) {
                if (!step.runs()) {
                    skip(step.name(), step.notRun());
                } else if (chosen.contains(step.name())) {
                    refuseWithoutInput(step.name());
                    run(step.name(), whyAgain(step), false);
                } else if (selection.isRestricting()) {
                    takeAsItIs(step);
                } else if (state.hasBegun()) {
                    goOn(step);
                } else {
                    begin(step);
                }
            }
            return new RunInitializer(events, stop);
        }

        private String whyAgain(PlannedStep step) {
            if (selection.rerun().contains(step.name())
                    || selection.from().contains(step.name())
                    || selection.only().contains(step.name())) {
                return "chosen by " + selection.option(step.name());
            }
            return step.dependencies().stream()
                    .sorted()
                    .filter(again::contains)
                    .findFirst()
                    .map(above -> above + " runs again")
                    .orElse("");
        }

        private void begin(PlannedStep step) {
            if (StepRemoval.hasTakenOut(state.step(step.name()))) {
                return;
            } else if (earlier == null) {
                run(step.name(), "", false);
                return;
            }
            String obstacle = Reuse.obstacle(step, earlier, again);
            Result result = earlier.find(step.name());
            if (obstacle.isEmpty() && result != null) {
                reuse(step.name(), earlier, result, "");
            } else {
                run(step.name(), obstacle, false);
            }
        }

        private void goOn(PlannedStep step) {
            StepName name = step.name();
            StepState there = state.step(name);
            Result result = earlier == null ? null : earlier.find(name);
            String above = whyAgain(step);
            if (isQueuedBehindWhatComes(step)) {
                again.add(name);
            } else if (!above.isEmpty()
                    && (there.phase().hasResult() || there.phase().isActive())) {
                run(name, above, false);
            } else if (there.phase().hasResult() && result != null && !result.isUsable()) {
                run(name, result.unusable(), result.changed());
            } else if (there.phase() == StepPhase.FAILED) {
                run(name, "it failed before", false);
            } else if (there.phase() == StepPhase.CANCELLED) {
                run(name, "it was cancelled before", false);
            } else if (there.phase() == StepPhase.SKIPPED && there.blockedBy() != null) {
                run(name, "it was skipped before", false);
            } else if (!there.phase().isSettled()) {
                again.add(name);
            }
        }

        /** It was handed over behind attempts that are still to end, and reads what they leave. */
        private boolean isQueuedBehindWhatComes(PlannedStep step) {
            return state.phase(step.name()) == StepPhase.SUBMITTED
                    && step.dependencies().stream()
                            .filter(again::contains)
                            .allMatch(above -> state.phase(above).isActive() && !stop.contains(above));
        }

        private void refuseWithoutInput(StepName step) throws SelectionException {
            for (StepName read : graph.reads(step).stream().sorted().toList()) {
                boolean leftOut = state.phase(read) == StepPhase.SKIPPED
                        && state.step(read).blockedBy() == null
                        && graph.step(read).runs();
                boolean settled = state.hasBegun() || StepRemoval.hasTakenOut(state.step(read));
                if (settled && leftOut && !selection.isRestricting() && !chosen.contains(read)) {
                    throw new SelectionException(selection.option(step) + ": " + step + " needs the output of " + read
                            + ", which was left out of this run. Choose " + read + " too.");
                }
            }
        }

        private void takeAsItIs(PlannedStep step) throws SelectionException {
            StepName name = step.name();
            Result result = earlier == null ? null : earlier.find(name);
            boolean usable = result != null && result.isUsable();
            if (state.phase(name).isActive()) {
                return;
            } else if (needed.contains(name) && !usable) {
                throw new SelectionException(notThere(name, result));
            } else if (!usable || belowChosen.contains(name)) {
                skip(name, "not chosen (" + selection.option(name) + ")");
            } else if (!state.hasBegun() && earlier != null && result != null) {
                reuse(name, earlier, result, Reuse.despite(step, result));
            }
        }

        private String notThere(StepName name, @Nullable Result result) {
            StepName reader = chosen.stream()
                    .filter(step -> graph.reads(step).contains(name))
                    .sorted()
                    .findFirst()
                    .orElse(name);
            String sentence = selection.option(reader) + ": " + reader + " needs the output of " + name + ", ";
            String remedy = " Choose " + name + " too.";
            if (earlier == null) {
                return sentence + "and there is no earlier run to take it from." + remedy;
            } else if (result == null) {
                return sentence + "which is not a step of " + earlier.run() + "." + remedy;
            } else if (!result.finished()) {
                return sentence + "which " + result.unusable() + "." + remedy;
            }
            return sentence + "but " + result.unusable() + "." + remedy;
        }

        private void run(StepName step, String reason, boolean disowned) {
            StepState there = state.step(step);
            again.add(step);
            if (there.phase().isActive()) {
                stop.add(step);
            } else if (there.phase() != StepPhase.WAITING) {
                events.add(new StepReset(now, step, reason, disowned));
            } else if (!reason.isEmpty() && !reason.equals(there.runsAgain())) {
                events.add(new StepRunsAgain(now, step, reason));
            }
        }

        private void reuse(StepName step, PreviousResults from, Result result, String despite) {
            StepReused reused =
                    new StepReused(now, step, from.run(), result.output(), result.summary(), result.rows(), despite);
            if (state.phase(step) == StepPhase.REUSED) {
                return;
            }
            clearTheWay(step);
            events.add(reused);
        }

        private void skip(StepName step, String reason) {
            if (state.phase(step) == StepPhase.SKIPPED) {
                return;
            }
            clearTheWay(step);
            events.add(new StepSkipped(now, step, reason, null));
        }

        private void clearTheWay(StepName step) {
            if (state.phase(step) != StepPhase.WAITING) {
                events.add(new StepReset(now, step, "chosen anew", false));
            }
        }
    }
}
