package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.StepOutcome;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.jspecify.annotations.Nullable;

/** Looks after the attempts of one run: whenever a look is due it takes in what EMR says, and goes on with what was asked of it. */
final class EmrRunMonitor {
    private static final Duration SILENT_AT_MOST = Duration.ofMinutes(30);
    private static final Duration TOLD_AFTER = Duration.ofMinutes(1);

    private final AwsContext aws;
    private final Consumer<String> say;
    private final EmrAttempts attempts;
    private final StepListing listing;
    private final CachedClusterState look;
    private final SubmissionReconciler lostAnswers;
    private final SubmissionQueue handing;
    private final StepCanceller stopping;
    private final OutcomeResolver judge;
    private final PendingReason waiting;
    private final PollInterval pace;
    private @Nullable Instant troubledSince;
    private boolean troubleTold;

    EmrRunMonitor(AwsContext aws, StepsCluster cluster, RunId run, Consumer<String> say) {
        this.aws = aws;
        this.say = say;
        this.attempts = new EmrAttempts(run);
        this.listing = new StepListing(aws, cluster.id());
        this.look = new CachedClusterState(aws, cluster.id());
        this.lostAnswers = new SubmissionReconciler(cluster, attempts, listing);
        AddStepsCall handOver = new AddStepsCall(aws, cluster.id());
        this.handing = new SubmissionQueue(cluster, attempts, handOver, listing, look);
        this.stopping = new StepCanceller(aws, cluster, attempts, handOver, look, say);
        this.judge = new OutcomeResolver(attempts, listing, look);
        this.waiting = new PendingReason(cluster, attempts, handing, look);
        this.pace = new PollInterval(aws.patience());
    }

    void submit(List<AttemptRequest> launches) {
        handing.add(launches);
        handing.handOver(now());
        pace.lookAtOnce();
    }

    List<AttemptStatus> poll() {
        if (pace.isDue() && isBusy()) {
            lookPatiently();
        }
        return statuses();
    }

    private boolean isBusy() {
        return attempts.all().stream().anyMatch(EmrRunMonitor::concerns);
    }

    private static boolean concerns(EmrAttempt attempt) {
        return !attempt.isSettled() || attempt.mayLiveOn();
    }

    private List<AttemptStatus> statuses() {
        return attempts.which(EmrAttempt::isTold).stream()
                .map(attempt -> attempt.status(waiting.reason(attempt)))
                .toList();
    }

    /** While AWS cannot be reached, the steps go on, and so does the watching. */
    private void lookPatiently() {
        try {
            pace.looked(look());
            troubledSince = null;
            troubleTold = false;
        } catch (AwsException fault) {
            pace.looked(false);
            boolean passing = fault.is(Kind.THROTTLED) || fault.is(Kind.UNAVAILABLE) || fault.is(Kind.UNREACHABLE);
            if (!passing || troubled().compareTo(SILENT_AT_MOST) > 0) {
                throw fault;
            }
            if (!troubleTold && troubled().compareTo(TOLD_AFTER) > 0) {
                say.accept(fault.sentence()
                        + " The steps go on meanwhile, and are looked at as soon as there is an answer.");
                troubleTold = true;
            }
        }
    }

    private Duration troubled() {
        if (troubledSince == null) {
            troubledSince = now();
        }
        return Duration.between(troubledSince, now());
    }

    /** Whether anything is new. */
    private boolean look() {
        List<String> ids = new ArrayList<>();
        attempts.all().forEach(attempt -> ids.addAll(attempt.watched()));
        boolean news = attempts.see(listing.glance(ids));
        news |= lostAnswers.look(now());
        news |= stopping.cancel();
        news |= stopping.endApplications();
        news |= handing.handOver(now());
        news |= judge.settle(now());
        return news;
    }

    void awaitChange(Duration atMost) throws InterruptedException {
        Duration due = isBusy() ? pace.untilDue() : atMost;
        Duration wait = due.compareTo(atMost) < 0 ? due : atMost;
        if (!wait.isZero() && !aws.patience().sleep(wait)) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while the cluster's steps run");
        }
    }

    void cancel(Collection<AttemptId> ids) {
        List<EmrAttempt> active = new ArrayList<>();
        for (AttemptId id : ids) {
            EmrAttempt attempt = attempts.find(id).orElse(null);
            if (attempt != null && attempt.held() != null) {
                attempt.settle(new StepOutcome.Cancelled(), now());
            } else if (attempt != null && !attempt.isSettled()) {
                active.add(attempt);
            }
        }
        stopping.note(active);
        pace.lookAtOnce();
        poll();
    }

    List<AttemptStatus> attach(Collection<AttemptId> submitted) {
        List<String> names =
                submitted.stream().map(id -> attempts.name(id).text()).toList();
        List<EmrStep> found = new ArrayList<>(listing.named(names));
        // Listed from the newest on: a run's order is the other way round.
        Collections.reverse(found);
        for (EmrStep step : found) {
            if (names.contains(step.name())) {
                EmrStepName.parse(step.name()).ifPresent(name -> attempts.add(EmrAttempt.found(name, true)));
            }
        }
        for (AttemptId id : submitted) {
            if (attempts.find(id).isEmpty()) {
                EmrAttempt attempt = EmrAttempt.found(attempts.name(id), true);
                attempt.doubt(UnconfirmedSubmission.afterADeadRunner(now()));
                attempts.add(attempt);
            }
        }
        attempts.see(found);
        pace.lookAtOnce();
        poll();
        return statuses().stream()
                .filter(status -> submitted.contains(status.attempt()))
                .toList();
    }

    Optional<EmrAttempt> find(AttemptId id) {
        return attempts.find(id);
    }

    private Instant now() {
        return aws.patience().clock().instant();
    }
}
