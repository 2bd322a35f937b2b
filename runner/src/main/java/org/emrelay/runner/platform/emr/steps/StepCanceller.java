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
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.CancelStepsInfo;
import software.amazon.awssdk.services.emr.model.CancelStepsRequestStatus;
import software.amazon.awssdk.services.emr.model.StepCancellationOption;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * Stops attempts, and sees to it that nothing of them lives on in YARN. What is to be stopped is only noted at first, and asked of EMR until it is done: so
 * no call that fails leaves anything running.
 */
final class StepCanceller {
    private static final int STEPS_IN_A_CALL = 256;
    private static final int ENDINGS_AT_MOST = 3;

    private final AwsContext aws;
    private final StepsCluster cluster;
    private final EmrAttempts attempts;
    private final AddStepsCall handOver;
    private final CachedClusterState look;
    private final Consumer<String> say;
    private final Set<AttemptId> refused = new HashSet<>();

    StepCanceller(
            AwsContext aws,
            StepsCluster cluster,
            EmrAttempts attempts,
            AddStepsCall handOver,
            CachedClusterState look,
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
    void note(List<EmrAttempt> stopping) {
        stopping.forEach(EmrAttempt::stop);
        if (!cluster.runsInOrder()) {
            return;
        }
        for (EmrAttempt attempt : stopping) {
            if (attempt.isActive() && holdsUpTheRest(attempt)) {
                attempts.behind(attempt).stream()
                        .filter(EmrAttempt::isActive)
                        .forEach(behind -> behind.stopWith(attempt.id()));
            }
        }
    }

    private static boolean holdsUpTheRest(EmrAttempt attempt) {
        return attempt.afterFailure() != ActionOnFailure.CONTINUE;
    }

    /** Asks EMR to cancel what is noted; whether it was asked. */
    boolean cancel() {
        Instant now = aws.patience().clock().instant();
        // The last first: should EMR do it one by one, it starts none that waits and is about to be cancelled.
        List<EmrAttempt> last = new ArrayList<>(attempts.which(each -> each.isToBeCancelled(now)));
        Collections.reverse(last);
        Map<String, EmrAttempt> cancelling = new LinkedHashMap<>();
        last.stream()
                .limit(STEPS_IN_A_CALL)
                .forEach(each -> cancelling.put(Objects.requireNonNull(each.stepId()), each));
        if (cancelling.isEmpty()) {
            return false;
        }
        for (CancelStepsInfo answer : ask(List.copyOf(cancelling.keySet()))) {
            EmrAttempt attempt = cancelling.get(answer.stepId());
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
            return AwsRetry.once(
                            "cancel steps of the cluster " + cluster.id(),
                            () -> aws.clients()
                                    .emr()
                                    .cancelSteps(request -> request.clusterId(cluster.id())
                                            .stepIds(ids)
                                            .stepCancellationOption(StepCancellationOption.TERMINATE_PROCESS)))
                    .cancelStepsInfoList();
        } catch (AwsException fault) {
            if (fault.is(Kind.INVALID) && !look.now().isUp()) {
                return List.of();
            }
            throw fault;
        }
    }

    /** One that ended meanwhile is refused, and the next look shows it. */
    private void refused(EmrAttempt attempt, CancelStepsInfo answer) {
        if (!refused.add(attempt.id())) {
            say.accept("EMR does not cancel " + attempt.id() + ": "
                    + Objects.toString(answer.reason(), "it gives no reason"));
        }
    }

    /** Hands over the steps that end what is left on YARN; whether there were any. */
    boolean endApplications() {
        List<EmrAttempt> living = attempts.which(each -> each.mayLiveOn() && !each.isBeingEnded());
        if (living.isEmpty()) {
            return false;
        }
        List<StepConfig> documents = new ArrayList<>();
        living.forEach(attempt -> documents.add(document(attempt)));
        AddStepsCall.Result result = handOver.hand(documents);
        if (result instanceof AddStepsCall.Taken taken) {
            for (int i = 0; i < living.size(); i++) {
                living.get(i).add(YarnCleanupStep.taken(taken.ids().get(i)));
            }
        } else if (result instanceof AddStepsCall.Unanswered unanswered) {
            living.forEach(attempt -> attempt.add(YarnCleanupStep.inDoubt(unanswered.doubt())));
        } else if (result instanceof AddStepsCall.Refused no) {
            if (look.now().isUp()) {
                throw AwsException.refused(asked(living.get(0)), "ValidationException", no.said());
            }
            living.forEach(EmrAttempt::clusterIsGone);
        }
        return true;
    }

    private static StepConfig document(EmrAttempt attempt) {
        int before = attempt.endings().size();
        if (attempt.endings().stream().filter(YarnCleanupStep::hasFailed).count() >= ENDINGS_AT_MOST) {
            throw AwsException.refused(
                    asked(attempt),
                    "",
                    "The step " + attempt.name().ending(before).text()
                            + " did not end it either. Look on the primary node with: yarn application -list");
        }
        return YarnCleanupConfig.of(attempt.name(), before + 1, Objects.requireNonNull(attempt.seen()));
    }

    private static String asked(EmrAttempt attempt) {
        return "end what " + attempt.name().text() + " left on YARN";
    }
}
