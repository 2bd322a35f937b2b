package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.StepOutcome;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.jspecify.annotations.Nullable;

/** Monitors the attempts of one run: polls EMR, submits, cancels and cleans up when due. */
final class EmrRunMonitor {
    private static final Duration MAX_OUTAGE = Duration.ofMinutes(30);
    private static final Duration REPORT_OUTAGE_AFTER = Duration.ofMinutes(1);

    private final AwsContext aws;
    private final StepsCluster cluster;
    private final Notices notices;
    private final EmrAttempts attempts;
    private final StepListing listing;
    private final CachedClusterState clusterState;
    private final SubmissionReconciler reconciler;
    private final SubmissionQueue queue;
    private final StepCanceller canceller;
    private final OutcomeResolver outcomes;
    private final PollInterval pollInterval;
    private @Nullable Instant outageSince;
    private boolean outageReported;

    EmrRunMonitor(AwsContext aws, StepsCluster cluster, RunId run, Notices notices) {
        this.aws = aws;
        this.cluster = cluster;
        this.notices = notices;
        this.attempts = new EmrAttempts(run);
        this.listing = new StepListing(aws, cluster.id());
        this.clusterState = new CachedClusterState(aws, cluster.id());
        this.reconciler = new SubmissionReconciler(cluster, attempts, listing);
        AddStepsCall addSteps = new AddStepsCall(aws, cluster.id());
        this.queue = new SubmissionQueue(cluster, attempts, addSteps, listing, clusterState);
        this.canceller = new StepCanceller(aws, cluster, attempts, addSteps, clusterState, notices);
        this.outcomes = new OutcomeResolver(attempts, listing, clusterState);
        this.pollInterval = new PollInterval(aws.retry());
    }

    void submit(List<AttemptRequest> requests) {
        queue.add(requests);
        queue.submitReady(now());
        pollInterval.reset();
    }

    /** Polls EMR and acts, if that is due. */
    void refresh() {
        if (pollInterval.isDue() && isBusy()) {
            updateTolerantly();
        }
    }

    private boolean isBusy() {
        return attempts.all().stream().anyMatch(EmrRunMonitor::needsPolling);
    }

    private static boolean needsPolling(EmrAttempt attempt) {
        return !attempt.isResolved() || attempt.mayHaveYarnApplication();
    }

    List<AttemptStatus> statuses() {
        return attempts.filter(EmrAttempt::isReported).stream()
                .map(attempt -> attempt.status(queue.pendingReason(attempt), cluster))
                .toList();
    }

    /** Tolerates outages of AWS up to {@link #MAX_OUTAGE}: the steps keep running. */
    private void updateTolerantly() {
        try {
            pollInterval.polled(update());
            outageSince = null;
            outageReported = false;
        } catch (AwsException fault) {
            pollInterval.polled(false);
            if (!fault.isOutage() || outage().compareTo(MAX_OUTAGE) > 0) {
                throw fault;
            }
            if (!outageReported && outage().compareTo(REPORT_OUTAGE_AFTER) > 0) {
                notices.warn(fault.message() + " The steps keep running. Retrying until AWS responds.");
                outageReported = true;
            }
        }
    }

    private Duration outage() {
        if (outageSince == null) {
            outageSince = now();
        }
        return Duration.between(outageSince, now());
    }

    /** Polls and acts once; returns whether anything changed. */
    private boolean update() {
        List<String> ids = new ArrayList<>();
        attempts.all().forEach(attempt -> ids.addAll(attempt.stepIdsToPoll()));
        boolean changed = attempts.update(listing.listOnce(ids));
        changed |= reconciler.reconcile(now());
        changed |= canceller.cancel();
        changed |= canceller.submitCleanups();
        changed |= queue.submitReady(now());
        changed |= outcomes.resolve(now());
        return changed;
    }

    void awaitChange(Duration atMost) throws InterruptedException {
        Duration due = isBusy() ? pollInterval.untilDue() : atMost;
        Duration wait = due.compareTo(atMost) < 0 ? due : atMost;
        if (!wait.isZero() && !aws.retry().sleep(wait)) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while steps run on the cluster");
        }
    }

    void cancel(Collection<AttemptId> ids) {
        List<EmrAttempt> active = new ArrayList<>();
        for (AttemptId id : ids) {
            EmrAttempt attempt = attempts.find(id).orElse(null);
            if (attempt != null && attempt.unsubmittedRequest() != null) {
                attempt.resolve(new StepOutcome.Cancelled(), now());
            } else if (attempt != null && !attempt.isResolved()) {
                active.add(attempt);
            }
        }
        canceller.requestCancel(active);
        pollInterval.reset();
        refresh();
    }

    List<AttemptStatus> attach(Collection<AttemptId> submitted) {
        List<String> names =
                submitted.stream().map(id -> attempts.name(id).text()).toList();
        List<EmrStep> found = new ArrayList<>(listing.listByName(names));
        // EMR lists the newest step first; attempts are kept in submission order.
        Collections.reverse(found);
        for (EmrStep step : found) {
            if (names.contains(step.name())) {
                EmrStepName.parse(step.name()).ifPresent(name -> attempts.add(EmrAttempt.found(name, true)));
            }
        }
        for (AttemptId id : submitted) {
            if (attempts.find(id).isEmpty()) {
                EmrAttempt attempt = EmrAttempt.found(attempts.name(id), true);
                attempt.markUnconfirmed(UnconfirmedSubmission.afterRunnerCrash(now()));
                attempts.add(attempt);
            }
        }
        attempts.update(found);
        pollInterval.reset();
        refresh();
        return statuses().stream()
                .filter(status -> submitted.contains(status.attempt()))
                .toList();
    }

    Optional<EmrAttempt> find(AttemptId id) {
        return attempts.find(id);
    }

    private Instant now() {
        return aws.now();
    }
}
