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

/** What has become of a run so far: the sum of its events, and nothing else. It never changes. */
public final class RunState {
    private final Map<StepName, StepState> steps;
    private final boolean begun;
    private final @Nullable Outcome outcome;

    private RunState(Map<StepName, StepState> steps, boolean begun, @Nullable Outcome outcome) {
        this.steps = Collections.unmodifiableMap(steps);
        this.begun = begun;
        this.outcome = outcome;
    }

    /** A run to which nothing has happened. */
    public static RunState of(ExecutionPlan plan) {
        Map<StepName, StepState> steps = new LinkedHashMap<>();
        plan.steps()
                .forEach(step -> steps.put(
                        step.name(), new StepState(step.failurePolicy().retries())));
        return new RunState(steps, false, null);
    }

    /** A run as its journal tells of it, also while another process executes it; {@link CorruptRunException} when that cannot be read. */
    public static RunState of(Run run, Journals journals) throws IOException {
        return RunLog.replay(run, journals.read(run.id()), journals.place(run.id()));
    }

    /**
     * The state that these events lead to.
     *
     * @throws IllegalTransitionException when they cannot have happened in this order
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
                require(!nextBegun, "it has begun before");
                nextBegun = true;
            } else if (event instanceof RunContinued) {
                require(nextBegun, "it has not begun");
                next.replaceAll((name, step) -> step.takenUp());
            } else if (event instanceof RunEnded ended) {
                require(nextBegun && allSettled(next), "a run with steps to go has not ended");
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

    private static boolean allSettled(Map<StepName, StepState> steps) {
        return steps.values().stream().allMatch(step -> step.phase().isSettled());
    }

    /** In an order in which they can run. */
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

    /** Whether it was settled once what runs and what is taken over. */
    public boolean hasBegun() {
        return begun;
    }

    /** How it ended; null while it goes on. */
    public @Nullable Outcome outcome() {
        return outcome;
    }

    /** Whether no step has anything to wait for. */
    public boolean isSettled() {
        return allSettled(steps);
    }

    /** The attempts that are in the platform's hands. */
    public List<AttemptId> active() {
        List<AttemptId> active = new ArrayList<>();
        steps.forEach((name, step) -> {
            if (step.phase().isActive()) {
                active.add(new AttemptId(name, step.attempts()));
            }
        });
        return active;
    }

    boolean isActive(AttemptId attempt) {
        StepState step = step(attempt.step());
        return step.phase().isActive() && step.attempts() == attempt.number();
    }
}
