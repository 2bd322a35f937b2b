package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * Calls AddJobFlowSteps without ever submitting a step twice.
 *
 * <p>AddJobFlowSteps has no client token for idempotency. It is retried only after an error response, never after a lost response.
 */
record AddStepsCall(AwsContext aws, String cluster) {
    /** EMR's limit for one request, also for RunJobFlow and CancelSteps. */
    static final int MAX_STEPS = 256;

    private static final Duration THROTTLED_BUDGET = Duration.ofMinutes(20);
    private static final Duration UNREACHABLE_BUDGET = Duration.ofMinutes(2);

    sealed interface Result {}

    /** EMR accepted all steps; the ids are in submission order. */
    record Accepted(List<String> ids) implements Result {
        Accepted {
            ids = List.copyOf(ids);
        }
    }

    /** The response was lost: EMR may have the steps, so they must not be submitted again. */
    record Unconfirmed(UnconfirmedSubmission submission) implements Result {}

    /** EMR rejected all steps, with this AWS error message. */
    record Rejected(String message) implements Result {}

    /** EMR rejected all steps, because the cluster has the maximum number of active steps. */
    record ClusterFull() implements Result {}

    Result submit(List<StepConfig> steps) {
        Instant started = aws.now();
        try {
            List<String> ids = add(steps);
            return ids.size() == steps.size() ? new Accepted(ids) : unconfirmed(started);
        } catch (AwsException fault) {
            if (fault.isResponseLost()) {
                return unconfirmed(started);
            } else if (fault.is(Kind.LIMIT_EXCEEDED)) {
                return new ClusterFull();
            } else if (fault.is(Kind.INVALID_REQUEST)) {
                return new Rejected(fault.awsMessage());
            }
            throw fault;
        }
    }

    private Unconfirmed unconfirmed(Instant started) {
        return new Unconfirmed(UnconfirmedSubmission.afterLostResponse(started, aws.now()));
    }

    private List<String> add(List<StepConfig> steps) {
        return aws.retry()
                .callWithin(
                        "add " + (steps.size() == 1 ? "a step" : steps.size() + " steps") + " to cluster " + cluster,
                        (fault, attempt) -> retryBudget(fault),
                        () -> aws.clients()
                                .emrOnNewConnections()
                                .addJobFlowSteps(
                                        request -> request.jobFlowId(cluster).steps(steps)))
                .stepIds();
    }

    /** Zero after a lost response: EMR may have the steps. */
    private static Duration retryBudget(AwsException fault) {
        if (fault.is(Kind.THROTTLED)) {
            return THROTTLED_BUDGET;
        }
        return fault.is(Kind.UNREACHABLE) ? UNREACHABLE_BUDGET : Duration.ZERO;
    }
}
