package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.run.Event.AttemptDiagnosed;
import org.emrelay.runner.run.Event.AttemptProfiled;
import org.emrelay.runner.run.Event.CostRecorded;
import org.emrelay.runner.run.Event.InstanceChanged;
import org.emrelay.runner.run.Event.NoticeGiven;
import org.emrelay.runner.run.Event.Outcome;
import org.emrelay.runner.run.Event.RunBegan;
import org.emrelay.runner.run.Event.RunContinued;
import org.emrelay.runner.run.Event.RunEnded;
import org.emrelay.runner.run.Event.SpendingLimitReached;
import org.emrelay.runner.run.Event.StepEvent;
import org.jspecify.annotations.Nullable;

/**
 * The immutable state of a run, derived only from its events.
 *
 * @param steps in topological order
 * @param began when it was decided which steps run and which results are reused; null if it is not decided yet
 * @param outcome null until the run has ended
 * @param lastCost what the cluster had cost when that was last recorded; null if unknown
 * @param overLimit whether the last execution stopped because the cluster had cost what it may cost
 */
public record RunState(
        Map<StepName, StepState> steps,
        @Nullable Instant began,
        @Nullable Outcome outcome,
        @Nullable CostRecorded lastCost,
        boolean overLimit,
        List<NoticeGiven> notices,
        List<InstanceChanged> instanceChanges) {
    public RunState {
        steps = Collections.unmodifiableMap(steps);
        notices = List.copyOf(notices);
        instanceChanges = List.copyOf(instanceChanges);
    }

    /** The state before the first event. */
    public static RunState of(ExecutionPlan plan) {
        Map<StepName, StepState> steps = new LinkedHashMap<>();
        plan.steps()
                .forEach(step -> steps.put(
                        step.name(), StepState.initial(step.failurePolicy().retries())));
        return new RunState(steps, null, null, null, false, List.of(), List.of());
    }

    /**
     * Reads the state from a run's journal, also while another process executes the run.
     *
     * @throws CorruptRunException when the journal cannot be read
     */
    public static RunState of(Run run, Journals journals) throws IOException {
        return RunLog.replay(run, journals.read(run.id()), journals.location(run.id()));
    }

    /**
     * Returns the state after these events.
     *
     * @throws IllegalTransitionException when an event is not allowed in the state before it
     */
    public RunState after(List<Event> events) {
        Builder next = new Builder(this);
        events.forEach(next::add);
        return new RunState(
                next.steps,
                next.began,
                next.outcome,
                next.lastCost,
                next.overLimit,
                next.notices,
                next.instanceChanges);
    }

    private static final class Builder {
        private final Map<StepName, StepState> steps;
        private final List<NoticeGiven> notices;
        private final List<InstanceChanged> instanceChanges;
        private @Nullable Instant began;
        private @Nullable Outcome outcome;
        private @Nullable CostRecorded lastCost;
        private boolean overLimit;

        Builder(RunState state) {
            steps = new LinkedHashMap<>(state.steps);
            notices = new ArrayList<>(state.notices);
            instanceChanges = new ArrayList<>(state.instanceChanges);
            began = state.began;
            outcome = state.outcome;
            lastCost = state.lastCost;
            overLimit = state.overLimit;
        }

        /** Facts that are only reported leave an ended run ended; any other event reopens it. */
        void add(Event event) {
            if (event instanceof CostRecorded recorded) {
                add(recorded);
            } else if (event instanceof NoticeGiven notice) {
                notices.add(notice);
            } else if (event instanceof SpendingLimitReached limit) {
                overLimit = true;
                notices.add(new NoticeGiven(limit.time(), limit.sentence()));
            } else if (event instanceof InstanceChanged change) {
                instanceChanges.add(change);
            } else if (event instanceof AttemptDiagnosed || event instanceof AttemptProfiled) {
                add((StepEvent) event);
            } else {
                outcome = null;
                execute(event);
            }
        }

        private void execute(Event event) {
            if (event instanceof StepEvent stepEvent) {
                add(stepEvent);
            } else if (event instanceof RunBegan) {
                require(began == null, "the run has already begun");
                began = event.time();
            } else if (event instanceof RunContinued) {
                require(began != null, "the run has not begun");
                overLimit = false;
                steps.replaceAll((name, step) -> step.resumed());
            } else if (event instanceof RunEnded ended) {
                require(began != null && areSettled(steps), "a run with unfinished steps cannot end");
                outcome = ended.outcome();
            }
        }

        private void add(StepEvent event) {
            StepState step = steps.get(event.step());
            require(step != null, "the plan has no step " + event.step());
            steps.put(event.step(), StepTransitions.apply(Objects.requireNonNull(step), event));
        }

        private void add(CostRecorded event) {
            lastCost = event;
            AttemptId attempt = event.attempt();
            if (attempt != null) {
                steps.computeIfPresent(attempt.step(), (name, step) -> step.recordCost(attempt.number(), event.cost()));
            }
        }

        private static void require(boolean allowed, String message) {
            if (!allowed) {
                throw new IllegalTransitionException(message);
            }
        }
    }

    private static boolean areSettled(Map<StepName, StepState> steps) {
        return steps.values().stream().allMatch(step -> step.phase().isSettled());
    }

    /** Whether it was decided which steps run and which results are reused. */
    public boolean hasBegun() {
        return began != null;
    }

    /** What the cluster had cost when that was last recorded; null if unknown. */
    public @Nullable Cost cost() {
        return lastCost == null ? null : lastCost.cost();
    }

    public StepState step(StepName name) {
        StepState step = steps.get(name);
        if (step == null) {
            throw new IllegalArgumentException("the plan has no step " + name);
        }
        return step;
    }

    public StepPhase phase(StepName name) {
        return step(name).phase();
    }

    /** Whether no step is waiting or active. */
    public boolean isSettled() {
        return areSettled(steps);
    }

    /** The submitted and running attempts. */
    public List<AttemptId> active() {
        List<AttemptId> active = new ArrayList<>();
        steps.forEach((name, step) -> {
            if (step.phase().isActive()) {
                active.add(currentAttempt(name));
            }
        });
        return active;
    }

    /** The last submitted attempt of a step that has one. */
    AttemptId currentAttempt(StepName step) {
        return new AttemptId(step, step(step).submittedAttempts());
    }

    boolean isActive(AttemptId attempt) {
        StepState step = step(attempt.step());
        return step.phase().isActive() && step.submittedAttempts() == attempt.number();
    }
}
