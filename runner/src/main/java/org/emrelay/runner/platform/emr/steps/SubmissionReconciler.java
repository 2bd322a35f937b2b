package org.emrelay.runner.platform.emr.steps;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.platform.StepOutcome;
import org.jspecify.annotations.Nullable;

/** Looks up unconfirmed submissions by their unique names, and gives up after a while. */
record SubmissionReconciler(StepsCluster cluster, EmrAttempts attempts, StepListing listing) {
    /** Lists the unconfirmed steps once; returns whether anything changed. */
    boolean reconcile(Instant now) {
        Set<String> names = new LinkedHashSet<>();
        Instant since = Instant.MAX;
        for (EmrAttempt attempt : attempts.all()) {
            since = addIfUnconfirmed(attempt.name(), attempt.unconfirmed(), names, since);
            List<YarnCleanupStep> cleanups = attempt.cleanups();
            for (int i = 0; i < cleanups.size(); i++) {
                since = addIfUnconfirmed(
                        attempt.name().cleanupStep(i + 1), cleanups.get(i).unconfirmed(), names, since);
            }
        }
        if (names.isEmpty()) {
            return false;
        }
        boolean changed = attempts.update(listing.listByNameOnce(names, since));
        attempts.all().forEach(attempt -> giveUp(attempt, now));
        return changed || attempts.all().stream().noneMatch(EmrAttempt::isUnconfirmed);
    }

    private static Instant addIfUnconfirmed(
            EmrStepName name, @Nullable UnconfirmedSubmission submission, Set<String> names, Instant since) {
        if (submission == null) {
            return since;
        }
        names.add(name.text());
        return submission.since().isBefore(since) ? submission.since() : since;
    }

    private void giveUp(EmrAttempt attempt, Instant now) {
        UnconfirmedSubmission submission = attempt.unconfirmed();
        if (submission != null && submission.isExpired(now)) {
            StepOutcome.Lost lost = new StepOutcome.Lost(
                    "cluster " + cluster.id() + " has no step " + attempt.name().text());
            attempt.resolve(attempt.isCancelRequested() ? new StepOutcome.Cancelled() : lost, now);
        }
        for (YarnCleanupStep cleanup : attempt.cleanups()) {
            UnconfirmedSubmission cleanupSubmission = cleanup.unconfirmed();
            if (cleanupSubmission != null && cleanupSubmission.isExpired(now)) {
                cleanup.giveUp();
            }
        }
    }
}
