package org.emrelay.runner.run;

import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.OutputSummary;
import org.jspecify.annotations.Nullable;

/** Something that happened in a run: one line of its journal. What a run is at any moment is the sum of its events. */
public sealed interface Event {

    Instant time();

    /** Something that happened to the run as a whole. */
    sealed interface RunEvent extends Event {}

    /** Something that happened to one step. */
    sealed interface StepEvent extends Event {
        StepName step();
    }

    /** Something that happened to one attempt at a step. */
    sealed interface AttemptEvent extends StepEvent {
        AttemptId attempt();

        @Override
        default StepName step() {
            return attempt().step();
        }
    }

    /** It is settled what runs and what is taken over; from here on steps start. */
    record RunBegan(Instant time) implements RunEvent {}

    /** Another executor took the run up. */
    record RunContinued(Instant time) implements RunEvent {}

    /** Nothing is left to be done. */
    record RunEnded(Instant time, Outcome outcome) implements RunEvent {
        public RunEnded {
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /** How a run ended. */
    enum Outcome {
        DONE,
        FAILED
    }

    /**
     * The result of an earlier run stands for this step's own.
     *
     * @param from the run that made it
     * @param output where it lies
     * @param summary null when the step wrote nothing
     * @param despite why it should have run, had the user not chosen otherwise; empty when it need not
     */
    record StepReused(
            Instant time,
            StepName step,
            RunId from,
            String output,
            @Nullable OutputSummary summary,
            @Nullable Long rows,
            String despite)
            implements StepEvent {
        public StepReused {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(output, "output");
            Objects.requireNonNull(despite, "despite");
        }
    }

    /**
     * The step does not run.
     *
     * @param blockedBy the step that failed and that it needs; null when it was left out on purpose
     */
    record StepSkipped(
            Instant time,
            StepName step,
            String reason,
            @Nullable StepName blockedBy) implements StepEvent {
        public StepSkipped {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The step runs although an earlier run may have a result of it. */
    record StepRunsAgain(Instant time, StepName step, String reason) implements StepEvent {
        public StepRunsAgain {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The step does not run because another failed. */
    record StepCancelled(Instant time, StepName step, String reason) implements StepEvent {
        public StepCancelled {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The step failed without an attempt. */
    record StepFailed(Instant time, StepName step, String reason, String hint) implements StepEvent {
        public StepFailed {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(hint, "hint");
        }
    }

    /**
     * What had become of the step no longer counts: it waits for its turn again.
     *
     * @param disowned whether what lies at its output's place may be somebody else's by now
     */
    record StepReset(Instant time, StepName step, String reason, boolean disowned) implements StepEvent {
        public StepReset {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The platform is about to be asked for the attempt. */
    record AttemptSubmitted(Instant time, AttemptId attempt) implements AttemptEvent {}

    record AttemptStarted(Instant time, AttemptId attempt) implements AttemptEvent {}

    /**
     * The attempt ended well and its output is complete.
     *
     * @param summary null when it wrote nothing, and nobody reads it
     */
    record AttemptSucceeded(
            Instant time,
            AttemptId attempt,
            @Nullable OutputSummary summary,
            @Nullable Long rows) implements AttemptEvent {}

    record AttemptFailed(Instant time, AttemptId attempt, Failure failure) implements AttemptEvent {
        public AttemptFailed {
            Objects.requireNonNull(failure, "failure");
        }
    }

    record AttemptTimedOut(Instant time, AttemptId attempt, Failure failure) implements AttemptEvent {
        public AttemptTimedOut {
            Objects.requireNonNull(failure, "failure");
        }
    }

    record AttemptCancelled(Instant time, AttemptId attempt, String reason) implements AttemptEvent {
        public AttemptCancelled {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The attempt never started, for one that was handed over before it failed: it counts as none. */
    record AttemptWithdrawn(Instant time, AttemptId attempt) implements AttemptEvent {}

    /** What ran the attempt went away. */
    record AttemptLost(Instant time, AttemptId attempt, String reason) implements AttemptEvent {
        public AttemptLost {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
