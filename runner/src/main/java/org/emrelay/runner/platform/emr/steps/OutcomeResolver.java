package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.StepOutcome;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.model.StepState;

/** Determines how attempts ended. EMR reports CANCELLED for every reason and does not say who cancelled. */
final class OutcomeResolver {
    private static final Duration MAX_AGE_WHILE_ALL_PENDING = Duration.ofSeconds(30);
    private static final Duration MAX_AGE_WHILE_RUNNING = Duration.ofMinutes(5);

    private final EmrAttempts attempts;
    private final StepListing listing;
    private final CachedClusterState clusterState;

    /** This and the last started step are fetched at most once per call of {@link #resolve}. */
    private @Nullable EmrCluster refreshedCluster;

    private @Nullable EmrStep lastStarted;
    private boolean knowsLastStarted;

    OutcomeResolver(EmrAttempts attempts, StepListing listing, CachedClusterState clusterState) {
        this.attempts = attempts;
        this.listing = listing;
        this.clusterState = clusterState;
    }

    /** Resolves attempts that have ended and left no YARN application; returns whether there were any. */
    boolean resolve(Instant now) {
        refreshedCluster = null;
        knowsLastStarted = false;
        boolean changed = false;
        for (EmrAttempt attempt :
                attempts.filter(candidate -> !candidate.isResolved() && !candidate.mayHaveYarnApplication())) {
            EmrStep step = attempt.step();
            if (step != null && step.hasEnded() && !isResolvedWithAnother(attempt)) {
                attempt.resolve(outcome(attempt, step), Objects.requireNonNullElse(step.ended(), now));
                changed = true;
            }
        }
        boolean clusterEnded = resolveIfClusterEnded(now);
        return changed || clusterEnded;
    }

    /** An attempt cancelled along with another is resolved together with it, so that their order is clear. */
    private boolean isResolvedWithAnother(EmrAttempt attempt) {
        AttemptId other = attempt.cancelledWith();
        return other != null
                && attempts.find(other).filter(found -> !found.isResolved()).isPresent();
    }

    private StepOutcome outcome(EmrAttempt attempt, EmrStep step) {
        if (step.is(StepState.COMPLETED)) {
            return new StepOutcome.Succeeded(null);
        } else if (step.is(StepState.FAILED)) {
            return new StepOutcome.Failed(
                    step.reason().isEmpty() ? "EMR reported FAILED without a reason" : step.reason());
        } else if (attempt.isCancelRequested()) {
            return new StepOutcome.Cancelled();
        }
        return step.hasStarted() ? interrupted(attempt, step) : neverStarted(attempt, step);
    }

    private StepOutcome neverStarted(EmrAttempt attempt, EmrStep step) {
        if (attempt.cancelledWith() != null
                || attempts.steps().stream().anyMatch(other -> other.failureCancelled(step))) {
            return new StepOutcome.Withdrawn();
        }
        EmrCluster cluster = currentCluster();
        if (!cluster.isUp()) {
            return new StepOutcome.Lost(CachedClusterState.endReason(cluster));
        }
        return cancelledByForeignFailure(step) ? new StepOutcome.Withdrawn() : new StepOutcome.Cancelled();
    }

    /** Whether the last started step, one of another run, failed and made EMR cancel this pending step. */
    private boolean cancelledByForeignFailure(EmrStep step) {
        if (!knowsLastStarted) {
            lastStarted = listing.lastStartedBefore(step).orElse(null);
            knowsLastStarted = true;
        }
        return lastStarted != null && lastStarted.failureCancelled(step);
    }

    private StepOutcome interrupted(EmrAttempt attempt, EmrStep step) {
        if (attempt.cancelledWith() != null) {
            return new StepOutcome.Lost(
                    "cancelled together with " + attempt.cancelledWith() + ", which it was queued behind");
        }
        EmrCluster cluster = currentCluster();
        if (!cluster.isUp()) {
            return new StepOutcome.Lost(CachedClusterState.endReason(cluster));
        }
        return step.is(StepState.INTERRUPTED)
                ? new StepOutcome.Lost(
                        step.reason().isEmpty()
                                ? "EMR interrupted the step"
                                : "EMR interrupted the step: " + step.reason())
                : new StepOutcome.Cancelled();
    }

    private EmrCluster currentCluster() {
        if (refreshedCluster == null) {
            refreshedCluster = clusterState.current();
        }
        return refreshedCluster;
    }

    /** EMR may keep showing the last state of a step forever after its cluster has terminated. */
    private boolean resolveIfClusterEnded(Instant now) {
        List<EmrAttempt> active = attempts.filter(EmrAttempt::isActive);
        if (active.isEmpty()) {
            return false;
        }
        boolean allPending = active.stream().allMatch(EmrAttempt::isPending);
        EmrCluster cluster = clusterState.noOlderThan(allPending ? MAX_AGE_WHILE_ALL_PENDING : MAX_AGE_WHILE_RUNNING);
        if (!cluster.hasEnded()) {
            return false;
        }
        for (EmrAttempt attempt : active) {
            attempt.clusterEnded();
            if (!attempt.isResolved()) {
                attempt.resolve(new StepOutcome.Lost(CachedClusterState.endReason(cluster)), now);
            }
        }
        return true;
    }
}
