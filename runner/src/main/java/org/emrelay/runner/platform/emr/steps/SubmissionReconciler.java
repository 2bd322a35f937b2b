package org.emrelay.runner.platform.emr.steps;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.platform.StepOutcome;
import org.jspecify.annotations.Nullable;

/** Looks for what EMR perhaps has, by its names, which nothing else has, and gives up after a while what it has not. */
final class SubmissionReconciler {
    private final StepsCluster cluster;
    private final EmrAttempts attempts;
    private final StepListing listing;

    SubmissionReconciler(StepsCluster cluster, EmrAttempts attempts, StepListing listing) {
        this.cluster = cluster;
        this.attempts = attempts;
        this.listing = listing;
    }

    /** One look; whether there is news. */
    boolean look(Instant now) {
        Set<String> names = new LinkedHashSet<>();
        Instant since = Instant.MAX;
        for (EmrAttempt attempt : attempts.all()) {
            since = take(attempt.name(), attempt.doubt(), names, since);
            List<YarnCleanupStep> endings = attempt.endings();
            for (int i = 0; i < endings.size(); i++) {
                since = take(attempt.name().ending(i + 1), endings.get(i).doubt(), names, since);
            }
        }
        if (names.isEmpty()) {
            return false;
        }
        boolean news = attempts.see(listing.glanceAtNames(names, since));
        attempts.all().forEach(attempt -> giveUp(attempt, now));
        return news || attempts.all().stream().noneMatch(EmrAttempt::isInDoubt);
    }

    private static Instant take(
            EmrStepName name, @Nullable UnconfirmedSubmission doubt, Set<String> names, Instant since) {
        if (doubt == null) {
            return since;
        }
        names.add(name.text());
        return doubt.since().isBefore(since) ? doubt.since() : since;
    }

    private void giveUp(EmrAttempt attempt, Instant now) {
        UnconfirmedSubmission doubt = attempt.doubt();
        if (doubt != null && doubt.isOver(now)) {
            StepOutcome.Lost lost = new StepOutcome.Lost("the cluster " + cluster.id() + " has no step "
                    + attempt.name().text());
            attempt.settle(attempt.wasAskedToStop() ? new StepOutcome.Cancelled() : lost, now);
        }
        for (YarnCleanupStep ending : attempt.endings()) {
            UnconfirmedSubmission ofEnding = ending.doubt();
            if (ofEnding != null && ofEnding.isOver(now)) {
                ending.giveUp();
            }
        }
    }
}
