package org.emrelay.runner.platform.emr.steps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.access.AwsFault;
import org.emrelay.runner.platform.emr.access.AwsFault.Kind;
import org.emrelay.runner.platform.emr.access.Patience;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.CancelStepsInfo;
import software.amazon.awssdk.services.emr.model.CancelStepsRequestStatus;
import software.amazon.awssdk.services.emr.model.StepCancellationOption;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * Stops attempts, and sees to it that nothing of them lives on in YARN. What is to be stopped is only noted at first, and asked of EMR until it is done: so
 * no call that fails leaves anything running.
 */
final class Stopping {
    private static final int STEPS_IN_A_CALL = 256;
    private static final int ENDINGS_AT_MOST = 3;

    private final Aws aws;
    private final StepsCluster cluster;
    private final Attempts attempts;
    private final HandOver handOver;
    private final ClusterLook look;
    private final Consumer<String> say;
    private final Set<AttemptId> refused = new HashSet<>();

    Stopping(
            Aws aws,
            StepsCluster cluster,
            Attempts attempts,
            HandOver handOver,
            ClusterLook look,
            Consumer<String> say) {
        this.aws = aws;
        this.cluster = cluster;
        this.attempts = attempts;
        this.handOver = handOver;
        this.look = look;
        this.say = say;
    }

    /**
     * Notes what is to be stopped. EMR starts the step behind one that it cancels, whatever that one's ActionOnFailure says: where steps run in order, those
     * behind go along, unless they may start.
     */
    void note(List<Attempt> stopping) {
        stopping.forEach(Attempt::stop);
        if (!cluster.runsInOrder()) {
            return;
        }
        for (Attempt attempt : stopping) {
            if (attempt.isActive() && holdsUpTheRest(attempt)) {
                attempts.behind(attempt).stream()
                        .filter(Attempt::isActive)
                        .forEach(behind -> behind.stopWith(attempt.id()));
            }
        }
    }

    private static boolean holdsUpTheRest(Attempt attempt) {
        return attempt.afterFailure() != ActionOnFailure.CONTINUE;
    }

    /** Asks EMR to cancel what is noted; whether it was asked. */
    boolean cancel() {
        Instant now = aws.patience().clock().instant();
        // The last first: should EMR do it one by one, it starts none that waits and is about to be cancelled.
        List<Attempt> last = new ArrayList<>(attempts.which(each -> each.isToBeCancelled(now)));
        Collections.reverse(last);
        Map<String, Attempt> cancelling = new LinkedHashMap<>();
        last.stream()
                .limit(STEPS_IN_A_CALL)
                .forEach(each -> cancelling.put(Objects.requireNonNull(each.stepId()), each));
        if (cancelling.isEmpty()) {
            return false;
        }
        for (CancelStepsInfo answer : ask(List.copyOf(cancelling.keySet()))) {
            Attempt attempt = cancelling.get(answer.stepId());
            if (attempt != null && answer.status() == CancelStepsRequestStatus.SUBMITTED) {
                attempt.cancellationTaken(now);
            } else if (attempt != null) {
                refused(attempt, answer);
            }
        }
        return true;
    }

    /**
     * An interrupt may be ignored for ever; what it would spare, the driver in the cluster, is ended afterwards anyway. What a cluster that ends refuses has
     * ended with it.
     */
    private List<CancelStepsInfo> ask(List<String> ids) {
        try {
            return Patience.once(
                            "cancel steps of the cluster " + cluster.id(),
                            () -> aws.clients()
                                    .emr()
                                    .cancelSteps(request -> request.clusterId(cluster.id())
                                            .stepIds(ids)
                                            .stepCancellationOption(StepCancellationOption.TERMINATE_PROCESS)))
                    .cancelStepsInfoList();
        } catch (AwsFault fault) {
            if (fault.is(Kind.INVALID) && !look.now().isUp()) {
                return List.of();
            }
            throw fault;
        }
    }

    /** One that ended meanwhile is refused, and the next look shows it. */
    private void refused(Attempt attempt, CancelStepsInfo answer) {
        if (!refused.add(attempt.id())) {
            say.accept("EMR does not cancel " + attempt.id() + ": "
                    + Objects.toString(answer.reason(), "it gives no reason"));
        }
    }

    /** Hands over the steps that end what is left on YARN; whether there were any. */
    boolean endApplications() {
        List<Attempt> living = attempts.which(each -> each.mayLiveOn() && !each.isBeingEnded());
        if (living.isEmpty()) {
            return false;
        }
        List<StepConfig> documents = new ArrayList<>();
        living.forEach(attempt -> documents.add(document(attempt)));
        HandOver.Result result = handOver.hand(documents);
        if (result instanceof HandOver.Taken taken) {
            for (int i = 0; i < living.size(); i++) {
                living.get(i).add(Ending.taken(taken.ids().get(i)));
            }
        } else if (result instanceof HandOver.Unanswered unanswered) {
            living.forEach(attempt -> attempt.add(Ending.inDoubt(unanswered.doubt())));
        } else if (result instanceof HandOver.Refused no) {
            if (look.now().isUp()) {
                throw AwsFault.refused(asked(living.get(0)), "ValidationException", no.said());
            }
            living.forEach(Attempt::clusterIsGone);
        }
        return true;
    }

    private static StepConfig document(Attempt attempt) {
        int before = attempt.endings().size();
        if (attempt.endings().stream().filter(Ending::hasFailed).count() >= ENDINGS_AT_MOST) {
            throw AwsFault.refused(
                    asked(attempt),
                    "",
                    "The step " + attempt.name().ending(before).text()
                            + " did not end it either. Look on the primary node with: yarn application -list");
        }
        return EndingDocument.of(attempt.name(), before + 1, Objects.requireNonNull(attempt.seen()));
    }

    private static String asked(Attempt attempt) {
        return "end what " + attempt.name().text() + " left on YARN";
    }
}
