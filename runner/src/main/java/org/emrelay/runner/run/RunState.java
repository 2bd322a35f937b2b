package org.emrelay.runner.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.run.Event.Outcome;
import org.emrelay.runner.run.Event.RunBegan;
import org.emrelay.runner.run.Event.RunContinued;
import org.emrelay.runner.run.Event.RunEnded;
import org.emrelay.runner.run.Event.StepEvent;
import org.jspecify.annotations.Nullable;

/** The immutable state of a run, derived only from its events. */
public final class RunState {
    private final Map<StepName, StepState> steps;
    private final boolean begun;
    private final @Nullable Outcome outcome;

    private RunState(Map<StepName, StepState> steps, boolean begun, @Nullable Outcome outcome) {
        this.steps = Collections.unmodifiableMap(steps);
        this.begun = begun;
        this.outcome = outcome;
    }

    /** The state before the first event. */
    public static RunState of(ExecutionPlan plan) {
        Map<StepName, StepState> steps = new LinkedHashMap<>();
        plan.steps()
                .forEach(step -> steps.put(
                        step.name(), new StepState(step.failurePolicy().retries())));
        return new RunState(steps, false, null);
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
        Map<StepName, StepState> next = new LinkedHashMap<>(steps);
        boolean nextBegun = begun;
        Outcome nextOutcome = outcome;
        for (Event event : events) {
            nextOutcome = null;
            if (event instanceof StepEvent stepEvent) {
                StepState step = next.get(stepEvent.step());
                if (step == null) {
                    throw new IllegalTransitionException("the plan has no step " + stepEvent.step());
                }
                next.put(stepEvent.step(), step.after(stepEvent));
            } else if (event instanceof RunBegan) {
                require(!nextBegun, "the run has already begun");
                nextBegun = true;
            } else if (event instanceof RunContinued) {
                require(nextBegun, "the run has not begun");
                next.replaceAll((name, step) -> step.resumed());
            } else if (event instanceof RunEnded ended) {
                require(nextBegun && areSettled(next), "a run with unfinished steps cannot end");
                nextOutcome = ended.outcome();
            }
        }
        return new RunState(next, nextBegun, nextOutcome);
    }

    private static void require(boolean allowed, String message) {
        if (!allowed) {
            throw new IllegalTransitionException(message);
        }
    }

    private static boolean areSettled(Map<StepName, StepState> steps) {
        return steps.values().stream().allMatch(step -> step.phase().isSettled());
    }

    /** In topological order. */
    public Map<StepName, StepState> steps() {
        return steps;
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

    /** Whether it was decided which steps run and which results are reused. */
    public boolean hasBegun() {
        return begun;
    }

    /** The outcome; null until the run has ended. */
    public @Nullable Outcome outcome() {
        return outcome;
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
                active.add(new AttemptId(name, step.submittedAttempts()));
            }
        });
        return active;
    }

    boolean isActive(AttemptId attempt) {
        StepState step = step(attempt.step());
        return step.phase().isActive() && step.submittedAttempts() == attempt.number();
    }
}
