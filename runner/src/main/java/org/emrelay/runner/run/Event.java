package org.emrelay.runner.run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.profile.ProfileReading;
import org.jspecify.annotations.Nullable;

/** An event of a run: one line of its journal. The state of a run is the sum of its events. */
public sealed interface Event {

    Instant time();

    /** An event of the run as a whole. */
    sealed interface RunEvent extends Event {}

    /** An event of one step. */
    sealed interface StepEvent extends Event {
        StepName step();
    }

    /** An event of one attempt of a step. */
    sealed interface AttemptEvent extends StepEvent {
        AttemptId attempt();

        @Override
        default StepName step() {
            return attempt().step();
        }
    }

    /** It is decided which steps run and which results are reused. Steps start after this event. */
    record RunBegan(Instant time) implements RunEvent {}

    /** Another executor continues the run. */
    record RunContinued(Instant time) implements RunEvent {}

    /** All steps are settled. */
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
     * What the cluster had cost.
     *
     * @param attempt the attempt that had just ended; null after the run
     */
    record CostRecorded(Instant time, @Nullable AttemptId attempt, Cost cost) implements RunEvent {
        public CostRecorded {
            Objects.requireNonNull(cost, "cost");
        }
    }

    /**
     * The cluster had cost what it may cost, so that the execution stopped.
     *
     * @param limit in US dollars
     */
    record SpendingLimitReached(Instant time, BigDecimal limit, Cost cost) implements RunEvent {
        public SpendingLimitReached {
            Objects.requireNonNull(limit, "limit");
            Objects.requireNonNull(cost, "cost");
        }

        /** What happened, for people. */
        public String sentence() {
            return "The cluster has cost $" + cost.max().setScale(2, RoundingMode.HALF_UP) + ", and the limit is $"
                    + limit.toPlainString() + ": the steps are cancelled.";
        }
    }

    /** The user received a notice of the platform, such as a warning. */
    record NoticeGiven(Instant time, String text) implements RunEvent {
        public NoticeGiven {
            Objects.requireNonNull(text, "text");
        }
    }

    /** An instance of the cluster entered a state. */
    record InstanceChanged(Instant time, InstanceChange instance) implements RunEvent {
        public InstanceChanged {
            Objects.requireNonNull(instance, "instance");
        }
    }

    /**
     * The step does not run; its result is that of a previous run.
     *
     * @param from the run that produced the result
     * @param output the URI of the result
     * @param summary null when the step wrote nothing
     * @param staleReason why the step would have run if the user had not selected other steps; empty when the
     *     result is current
     */
    record StepReused(
            Instant time,
            StepName step,
            RunId from,
            String output,
            @Nullable OutputSummary summary,
            @Nullable Long rows,
            String staleReason)
            implements StepEvent {
        public StepReused {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(output, "output");
            Objects.requireNonNull(staleReason, "staleReason");
        }
    }

    /**
     * The step does not run.
     *
     * @param blockedBy the failed step it depends on; null when it was left out on purpose
     * @param removed whether the user removed it from the run
     */
    record StepSkipped(
            Instant time,
            StepName step,
            String reason,
            @Nullable StepName blockedBy,
            boolean removed) implements StepEvent {
        public StepSkipped {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(reason, "reason");
        }

        public StepSkipped(Instant time, StepName step, String reason, @Nullable StepName blockedBy) {
            this(time, step, reason, blockedBy, false);
        }
    }

    /** The step runs although a previous run may have a result for it. */
    record StepRunsAgain(Instant time, StepName step, String reason) implements StepEvent {
        public StepRunsAgain {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The step does not run because another step failed. */
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

        /** The step, the reason and the remedy, for people. */
        public String sentence() {
            return "Step '" + step + "': " + reason + ". " + hint;
        }
    }

    /**
     * The step's earlier outcome no longer counts: the step is waiting again.
     *
     * @param disowned whether the data at its output URI may no longer be this run's
     */
    record StepReset(Instant time, StepName step, String reason, boolean disowned) implements StepEvent {
        public StepReset {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The attempt is about to be submitted to the platform. */
    record AttemptSubmitted(Instant time, AttemptId attempt) implements AttemptEvent {}

    /**
     * The attempt runs.
     *
     * @param platformStep unknown in journals of earlier versions
     */
    record AttemptStarted(Instant time, AttemptId attempt, PlatformStep platformStep) implements AttemptEvent {
        public AttemptStarted {
            Objects.requireNonNull(platformStep, "platformStep");
        }

        public AttemptStarted(Instant time, AttemptId attempt) {
            this(time, attempt, PlatformStep.UNKNOWN);
        }
    }

    /**
     * The attempt succeeded and its output is complete.
     *
     * @param summary null when it wrote nothing and no step reads it
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

    /** The cause of an attempt's failure was found later, for example because its log arrived late. */
    record AttemptDiagnosed(Instant time, AttemptId attempt, Diagnosis diagnosis) implements AttemptEvent {
        public AttemptDiagnosed {
            Objects.requireNonNull(diagnosis, "diagnosis");
        }
    }

    /** What Spark logged about the attempt was read. */
    record AttemptProfiled(Instant time, AttemptId attempt, ProfileReading profile) implements AttemptEvent {
        public AttemptProfiled {
            Objects.requireNonNull(profile, "profile");
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

    /** The attempt never started, because one queued before it failed. It does not count as an attempt. */
    record AttemptWithdrawn(Instant time, AttemptId attempt) implements AttemptEvent {}

    /** The attempt ended with the process, node or cluster that ran it. */
    record AttemptLost(Instant time, AttemptId attempt, String reason) implements AttemptEvent {
        public AttemptLost {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
