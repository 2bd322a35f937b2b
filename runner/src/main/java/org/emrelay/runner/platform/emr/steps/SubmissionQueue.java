package org.emrelay.runner.platform.emr.steps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.StepOutcome;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** Hands a run's attempts over as soon as that does no harm: a later attempt not before everything of the earlier ones has ended. */
final class SubmissionQueue {
    private static final int STEPS_IN_A_CALL = 256;

    private final StepsCluster cluster;
    private final EmrAttempts attempts;
    private final AddStepsCall handOver;
    private final StepListing listing;
    private final CachedClusterState look;
    private boolean full;

    SubmissionQueue(
            StepsCluster cluster,
            EmrAttempts attempts,
            AddStepsCall handOver,
            StepListing listing,
            CachedClusterState look) {
        this.cluster = cluster;
        this.attempts = attempts;
        this.handOver = handOver;
        this.listing = listing;
        this.look = look;
    }

    void add(List<AttemptRequest> launches) {
        Set<AttemptId> earlier = new LinkedHashSet<>();
        launches.forEach(launch -> earlier.addAll(attempts.earlier(launch.attempt())));
        findAgain(earlier);
        earlier.forEach(id -> attempts.find(id).ifPresent(EmrAttempt::replaced));
        launches.forEach(launch -> attempts.add(EmrAttempt.of(attempts.name(launch.attempt()), launch)));
    }

    /** Attempts of another process, and those that were given up as lost: one of these may have come through late. */
    private void findAgain(Set<AttemptId> earlier) {
        List<String> unknown = new ArrayList<>();
        for (AttemptId id : earlier) {
            if (attempts.find(id).map(EmrAttempt::stepId).isEmpty()) {
                unknown.add(attempts.name(id).text());
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        List<EmrStep> found = listing.named(unknown);
        for (EmrStep step : found) {
            EmrStepName.parse(step.name())
                    .filter(name -> name.ending() == 0 && unknown.contains(step.name()))
                    .filter(name -> attempts.find(name.attempt()).isEmpty())
                    .ifPresent(name -> attempts.add(EmrAttempt.found(name, false)));
        }
        attempts.see(found);
    }

    /** Hands over what can be; whether there was anything. */
    boolean handOver(Instant now) {
        List<EmrAttempt> ready = ready();
        if (ready.isEmpty()) {
            return false;
        }
        List<StepConfig> documents = ready.stream()
                .map(each -> StepConfigs.of(each.name(), Objects.requireNonNull(each.held()), cluster.concurrency()))
                .toList();
        AddStepsCall.Result result = handOver.hand(documents);
        full = result instanceof AddStepsCall.Full;
        if (result instanceof AddStepsCall.Taken taken) {
            for (int i = 0; i < ready.size(); i++) {
                ready.get(i).taken(taken.ids().get(i));
            }
        } else if (result instanceof AddStepsCall.Unanswered unanswered) {
            ready.forEach(each -> each.doubt(unanswered.doubt()));
        } else if (result instanceof AddStepsCall.Refused refused) {
            StepOutcome outcome = refusal(refused);
            ready.forEach(each -> each.settle(outcome, now));
        }
        return !full;
    }

    /**
     * What everything else waits for. Where steps run in order, none may come behind one that EMR perhaps does not have, and none before the step that ends
     * what a stopped one left.
     */
    Optional<EmrAttempt> holdsUpTheRest() {
        return cluster.runsInOrder()
                ? attempts.which(each -> each.isInDoubt() || each.isStopping()).stream()
                        .findFirst()
                : Optional.empty();
    }

    private List<EmrAttempt> ready() {
        List<EmrAttempt> ready = new ArrayList<>();
        if (holdsUpTheRest().isPresent()) {
            return ready;
        }
        for (EmrAttempt attempt : attempts.which(each -> each.held() != null)) {
            if (ready.size() == STEPS_IN_A_CALL) {
                break;
            } else if (canStart(attempt)) {
                ready.add(attempt);
            } else if (cluster.runsInOrder()) {
                break;
            }
        }
        return ready;
    }

    boolean canStart(EmrAttempt attempt) {
        return attempts.earlier(attempt.id()).stream()
                .allMatch(id -> attempts.find(id).map(EmrAttempt::isOver).orElse(true));
    }

    private StepOutcome refusal(AddStepsCall.Refused refused) {
        EmrCluster now = look.now();
        // Lost, it would be tried again where there is nothing any more.
        return new StepOutcome.Failed(
                now.isUp() ? "EMR does not take it: " + refused.said() : CachedClusterState.ended(now));
    }

    boolean clusterIsFull() {
        return full;
    }
}
