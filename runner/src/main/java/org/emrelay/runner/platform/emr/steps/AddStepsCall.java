package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * Hands steps to EMR so that none ever runs twice. AddJobFlowSteps takes no token by which EMR would know a repetition: it is sent again only after an
 * answer that says no, and never after none at all.
 */
final class AddStepsCall {
    private static final Duration THROTTLED_AT_MOST = Duration.ofMinutes(20);
    private static final Duration UNREACHABLE_AT_MOST = Duration.ofMinutes(2);

    private final AwsContext aws;
    private final String cluster;

    /** What came of it. */
    sealed interface Result {}

    /** EMR has them all, under these ids, in their order. */
    record Taken(List<String> ids) implements Result {
        Taken {
            ids = List.copyOf(ids);
        }
    }

    /** Whether EMR has them is to be seen: they must not be handed over again. */
    record Unanswered(UnconfirmedSubmission doubt) implements Result {}

    /** None was taken: in AWS's words. */
    record Refused(String said) implements Result {}

    /** None was taken, for the cluster has all the active steps that it may have. */
    record Full() implements Result {}

    AddStepsCall(AwsContext aws, String cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    Result hand(List<StepConfig> steps) {
        Instant begun = aws.patience().clock().instant();
        for (int attempt = 0; ; attempt++) {
            try {
                List<String> ids = add(steps);
                return ids.size() == steps.size() ? new Taken(ids) : unanswered(begun);
            } catch (AwsException fault) {
                if (fault.is(Kind.UNAVAILABLE) || fault.is(Kind.UNREADABLE)) {
                    return unanswered(begun);
                } else if (fault.is(Kind.INVALID)) {
                    return isFull(fault) ? new Full() : new Refused(fault.said());
                } else if (!aws.patience().pause(attempt, begun, bearable(fault))) {
                    throw fault;
                }
            }
        }
    }

    private Unanswered unanswered(Instant begun) {
        return new Unanswered(UnconfirmedSubmission.afterALostAnswer(
                begun, aws.patience().clock().instant()));
    }

    private List<String> add(List<StepConfig> steps) {
        return AwsRetry.once(
                        "hand " + (steps.size() == 1 ? "a step" : steps.size() + " steps") + " to the cluster "
                                + cluster,
                        () -> aws.clients()
                                .emrOnNewConnections()
                                .addJobFlowSteps(
                                        request -> request.jobFlowId(cluster).steps(steps)))
                .stepIds();
    }

    private static Duration bearable(AwsException fault) {
        if (fault.is(Kind.THROTTLED)) {
            return THROTTLED_AT_MOST;
        }
        return fault.is(Kind.UNREACHABLE) ? UNREACHABLE_AT_MOST : Duration.ZERO;
    }

    private static boolean isFull(AwsException fault) {
        return fault.said().toLowerCase(Locale.ROOT).contains("number of active steps");
    }
}
