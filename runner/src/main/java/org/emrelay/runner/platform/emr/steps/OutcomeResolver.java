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

/** Says how attempts ended. EMR has one word for whatever it cancelled, and does not say for whom. */
final class OutcomeResolver {
    private static final Duration WHILE_ALL_WAIT = Duration.ofSeconds(30);
    private static final Duration WHILE_ONE_RUNS = Duration.ofMinutes(5);

    private final EmrAttempts attempts;
    private final StepListing listing;
    private final CachedClusterState look;
    /** Both are asked for once for all that ended with one look. */
    private @Nullable EmrCluster seenNow;

    private @Nullable List<EmrStep> lastStarted;

    OutcomeResolver(EmrAttempts attempts, StepListing listing, CachedClusterState look) {
        this.attempts = attempts;
        this.listing = listing;
        this.look = look;
    }

    /** Settles what has ended, with nothing of it left on YARN; whether there was any. */
    boolean settle(Instant now) {
        seenNow = null;
        lastStarted = null;
        boolean news = false;
        for (EmrAttempt attempt : attempts.which(each -> !each.isSettled() && !each.mayLiveOn())) {
            EmrStep seen = attempt.seen();
            if (seen != null && seen.hasEnded() && !isToldLater(attempt)) {
                attempt.settle(outcome(attempt, seen), Objects.requireNonNullElse(seen.ended(), now));
                news = true;
            }
        }
        boolean more = settleWithTheCluster(now);
        return news || more;
    }

    /** What went along with another one is told together with that one: then it is clear what is to come in which order. */
    private boolean isToldLater(EmrAttempt attempt) {
        AttemptId other = attempt.stoppedWith();
        return other != null
                && attempts.find(other).filter(each -> !each.isSettled()).isPresent();
    }

    private StepOutcome outcome(EmrAttempt attempt, EmrStep seen) {
        if (seen.is(StepState.COMPLETED)) {
            return new StepOutcome.Succeeded(null);
        } else if (seen.is(StepState.FAILED)) {
            return new StepOutcome.Failed(seen.why().isEmpty() ? "EMR says no more than that it failed" : seen.why());
        } else if (attempt.wasAskedToStop()) {
            return new StepOutcome.Cancelled();
        }
        return seen.hasStarted() ? broken(attempt, seen) : neverStarted(attempt, seen);
    }

    private StepOutcome neverStarted(EmrAttempt attempt, EmrStep seen) {
        if (attempt.stoppedWith() != null || attempts.seen().stream().anyMatch(other -> other.tookAlong(seen))) {
            return new StepOutcome.Withdrawn();
        }
        EmrCluster cluster = clusterNow();
        if (!cluster.isUp()) {
            return new StepOutcome.Lost(CachedClusterState.ended(cluster));
        }
        return isTakenAlongBySomebodyElse(seen) ? new StepOutcome.Withdrawn() : new StepOutcome.Cancelled();
    }

    /** By the last step that had started before the turn of those that never did. */
    private boolean isTakenAlongBySomebodyElse(EmrStep seen) {
        if (lastStarted == null) {
            lastStarted = listing.lastStartedBefore(seen).stream().toList();
        }
        return lastStarted.stream().anyMatch(other -> other.tookAlong(seen));
    }

    private StepOutcome broken(EmrAttempt attempt, EmrStep seen) {
        if (attempt.stoppedWith() != null) {
            return new StepOutcome.Lost("it was stopped with " + attempt.stoppedWith() + ", which it came behind");
        }
        EmrCluster cluster = clusterNow();
        if (!cluster.isUp()) {
            return new StepOutcome.Lost(CachedClusterState.ended(cluster));
        }
        return seen.is(StepState.INTERRUPTED)
                ? new StepOutcome.Lost(
                        seen.why().isEmpty() ? "EMR interrupted it" : "EMR interrupted it: " + seen.why())
                : new StepOutcome.Cancelled();
    }

    private EmrCluster clusterNow() {
        if (seenNow == null) {
            seenNow = look.now();
        }
        return seenNow;
    }

    /** Of a cluster that has gone, EMR may show a step for ever as it was. */
    private boolean settleWithTheCluster(Instant now) {
        List<EmrAttempt> active = attempts.which(EmrAttempt::isActive);
        if (active.isEmpty()) {
            return false;
        }
        boolean allWait = active.stream().allMatch(EmrAttempt::isPending);
        EmrCluster cluster = look.noOlderThan(allWait ? WHILE_ALL_WAIT : WHILE_ONE_RUNS);
        if (!cluster.hasEnded()) {
            return false;
        }
        for (EmrAttempt attempt : active) {
            attempt.clusterIsGone();
            if (!attempt.isSettled()) {
                attempt.settle(new StepOutcome.Lost(CachedClusterState.ended(cluster)), now);
            }
        }
        return true;
    }
}
