package org.emrelay.runner.platform.emr.steps;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;

/** Explains why an attempt has not started, using only information already fetched. */
final class PendingReason {
    private final StepsCluster cluster;
    private final EmrAttempts attempts;
    private final SubmissionQueue queue;
    private final CachedClusterState clusterState;

    PendingReason(StepsCluster cluster, EmrAttempts attempts, SubmissionQueue queue, CachedClusterState clusterState) {
        this.cluster = cluster;
        this.attempts = attempts;
        this.queue = queue;
        this.clusterState = clusterState;
    }

    /** Returns empty if there is nothing to explain. */
    String reason(EmrAttempt attempt) {
        if (attempt.isResolved()) {
            return "";
        } else if (attempt.unsubmittedRequest() != null) {
            return notSubmitted(attempt);
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

    private String notSubmitted(EmrAttempt attempt) {
        if (!queue.canStart(attempt)) {
            return "killing the YARN application of the previous attempt";
        }
        Optional<EmrAttempt> blocker = queue.blocker();
        if (blocker.isPresent()) {
            return "queued behind " + blocker.get().id().step();
        }
        return queue.isClusterFull() ? "the cluster has reached EMR's limit of active steps" : "";
    }
}
