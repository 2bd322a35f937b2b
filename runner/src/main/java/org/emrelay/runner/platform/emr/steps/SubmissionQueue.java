package org.emrelay.runner.platform.emr.steps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.StepOutcome;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** Submits a run's attempts as soon as it is safe: a retry only after earlier attempts have ended completely. */
final class SubmissionQueue {
    private final StepsCluster cluster;
    private final EmrAttempts attempts;
    private final AddStepsCall addSteps;
    private final StepListing listing;
    private final CachedClusterState clusterState;
    private boolean full;

    SubmissionQueue(
            StepsCluster cluster,
            EmrAttempts attempts,
            AddStepsCall addSteps,
            StepListing listing,
            CachedClusterState clusterState) {
        this.cluster = cluster;
        this.attempts = attempts;
        this.addSteps = addSteps;
        this.listing = listing;
        this.clusterState = clusterState;
    }

    void add(List<AttemptRequest> requests) {
        Set<AttemptId> earlier = new LinkedHashSet<>();
        requests.forEach(request -> earlier.addAll(attempts.earlier(request.attempt())));
        findEarlierAttempts(earlier);
        earlier.forEach(id -> attempts.find(id).ifPresent(EmrAttempt::supersede));
        requests.forEach(request -> attempts.add(EmrAttempt.of(attempts.name(request.attempt()), request)));
    }

    /** Finds attempts of another process, and attempts given up as lost whose submission may have succeeded late. */
    private void findEarlierAttempts(Set<AttemptId> earlier) {
        List<String> names = new ArrayList<>();
        for (AttemptId id : earlier) {
            if (attempts.find(id).map(EmrAttempt::stepId).isEmpty()) {
                names.add(attempts.name(id).text());
            }
        }
        if (names.isEmpty()) {
            return;
        }
        List<EmrStep> found = listing.listByName(names);
        for (EmrStep step : found) {
            EmrStepName.parse(step.name())
                    .filter(name -> name.cleanupNumber() == 0 && names.contains(step.name()))
                    .filter(name -> attempts.find(name.attempt()).isEmpty())
                    .ifPresent(name -> attempts.add(EmrAttempt.found(name, false)));
        }
        attempts.update(found);
    }

    /** Submits the ready attempts; returns whether there were any. */
    boolean submitReady(Instant now) {
        List<EmrAttempt> ready = ready();
        if (ready.isEmpty()) {
            return false;
        }
        List<StepConfig> configs = ready.stream()
                .map(attempt -> StepConfigs.of(
                        attempt.name(), Objects.requireNonNull(attempt.unsubmittedRequest()), cluster.concurrency()))
                .toList();
        AddStepsCall.Result result = addSteps.submit(configs);
        full = result instanceof AddStepsCall.ClusterFull;
        if (result instanceof AddStepsCall.Accepted accepted) {
            for (int i = 0; i < ready.size(); i++) {
                ready.get(i).accepted(accepted.ids().get(i));
            }
        } else if (result instanceof AddStepsCall.Unconfirmed unconfirmed) {
            ready.forEach(attempt -> attempt.markUnconfirmed(unconfirmed.submission()));
        } else if (result instanceof AddStepsCall.Rejected rejected) {
            StepOutcome outcome = rejection(rejected);
            ready.forEach(attempt -> attempt.resolve(outcome, now));
        }
        return !full;
    }

    /**
     * Returns the attempt that blocks the queue, if any. On a cluster that runs steps in order, no step may be queued behind an unconfirmed one, and
     * none before the cleanup step of a cancelled one.
     */
    private Optional<EmrAttempt> blocker() {
        return cluster.isSequential()
                ? attempts.filter(attempt -> attempt.isUnconfirmed() || attempt.isCancelling()).stream()
                        .findFirst()
                : Optional.empty();
    }

    private List<EmrAttempt> ready() {
        List<EmrAttempt> ready = new ArrayList<>();
        if (blocker().isPresent()) {
            return ready;
        }
        for (EmrAttempt attempt : attempts.filter(candidate -> candidate.unsubmittedRequest() != null)) {
            if (ready.size() == AddStepsCall.MAX_STEPS) {
                break;
            } else if (canStart(attempt)) {
                ready.add(attempt);
            } else if (cluster.isSequential()) {
                break;
            }
        }
        return ready;
    }

    private boolean canStart(EmrAttempt attempt) {
        return attempts.earlier(attempt.id()).stream()
                .allMatch(id -> attempts.find(id).map(EmrAttempt::isOver).orElse(true));
    }

    private StepOutcome rejection(AddStepsCall.Rejected rejected) {
        EmrCluster now = clusterState.current();
        // Not Lost: a lost attempt would be retried, although the cluster is gone.
        return new StepOutcome.Failed(
                now.isUp() ? "EMR rejected the step: " + rejected.message() : CachedClusterState.endReason(now));
    }

    /** Explains why an attempt has not started, from what was fetched before; empty if there is nothing to explain. */
    String pendingReason(EmrAttempt attempt) {
        if (attempt.isResolved()) {
            return "";
        } else if (attempt.unsubmittedRequest() != null) {
            return unsubmittedReason(attempt);
        } else if (attempt.isUnconfirmed()) {
            return "EMR has not confirmed the submission";
        } else if (attempt.mayHaveYarnApplication()) {
            return "killing its YARN application";
        } else if (attempt.cancelledWith() != null && !attempt.isActive()) {
            return "queued behind " + attempt.cancelledWith().step();
        } else if (!attempt.isPending()) {
            return "";
        }
        List<EmrAttempt> predecessors = attempts.filter(EmrAttempt::isActive);
        int position = predecessors.indexOf(attempt);
        if (cluster.isSequential() && position > 0) {
            return "queued behind " + predecessors.get(position - 1).id().step();
        }
        long running = predecessors.stream().filter(other -> !other.isPending()).count();
        if (running >= cluster.concurrency()) {
            return "the cluster runs at most " + cluster.concurrency() + " steps in parallel";
        }
        return clusterState
                .last()
                .map(EmrCluster::state)
                .filter(state -> !state.acceptsSteps() && !state.hasEnded())
                .map(state -> "the cluster is " + state.name().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    private String unsubmittedReason(EmrAttempt attempt) {
        if (!canStart(attempt)) {
            return "killing the YARN application of the previous attempt";
        }
        Optional<EmrAttempt> blocker = blocker();
        if (blocker.isPresent()) {
            return "queued behind " + blocker.get().id().step();
        }
        return full ? "the cluster has reached EMR's limit of active steps" : "";
    }
}
