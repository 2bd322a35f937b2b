package org.emrelay.runner.platform.emr.steps;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;

/** Says why an attempt has not started, as far as what was seen anyway tells. */
final class PendingReason {
    private static final Map<String, String> BY_STATE = Map.of(
            "STARTING", "the cluster is starting",
            "BOOTSTRAPPING", "the cluster is bootstrapping",
            "TERMINATING", "the cluster is ending");

    private final StepsCluster cluster;
    private final EmrAttempts attempts;
    private final SubmissionQueue handing;
    private final CachedClusterState look;

    PendingReason(StepsCluster cluster, EmrAttempts attempts, SubmissionQueue handing, CachedClusterState look) {
        this.cluster = cluster;
        this.attempts = attempts;
        this.handing = handing;
        this.look = look;
    }

    /** Empty where there is nothing to say. */
    String reason(EmrAttempt attempt) {
        if (attempt.isSettled()) {
            return "";
        } else if (attempt.held() != null) {
            return held(attempt);
        } else if (attempt.isInDoubt()) {
            return "it is to be seen whether EMR has it";
        } else if (attempt.mayLiveOn()) {
            return "what it left on YARN is being ended";
        } else if (attempt.stoppedWith() != null && !attempt.isActive()) {
            return "queued behind " + attempt.stoppedWith().step();
        } else if (!attempt.isPending()) {
            return "";
        }
        List<EmrAttempt> before = attempts.which(EmrAttempt::isActive);
        int place = before.indexOf(attempt);
        if (cluster.runsInOrder() && place > 0) {
            return "queued behind " + before.get(place - 1).id().step();
        }
        long running = before.stream().filter(each -> !each.isPending()).count();
        if (running >= cluster.concurrency()) {
            return "the cluster runs " + cluster.concurrency() + " steps at once";
        }
        return look.last().map(EmrCluster::state).map(BY_STATE::get).orElse("");
    }

    private String held(EmrAttempt attempt) {
        if (!handing.canStart(attempt)) {
            return "what the attempt before left on YARN is being ended";
        }
        Optional<EmrAttempt> before = handing.holdsUpTheRest();
        if (before.isPresent()) {
            return "queued behind " + before.get().id().step();
        }
        return handing.clusterIsFull() ? "the cluster has as many active steps as EMR allows" : "";
    }
}
