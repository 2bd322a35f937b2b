package org.emrelay.runner.platform.emr.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.RUN;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.attempt;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.describe;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.request;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.requests;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.AttemptStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps are submitted once each, whatever happens to the call. */
final class EmrSubmissionTest {
    private EmrStepsFixture fixture = new EmrStepsFixture(1);
    private EmrPlatform platform = fixture.newPlatform();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aRejectedCallFailsItsStepsWithTheAwsMessage() {
        fixture.becomeReady();
        var tooLongRequest = new AttemptRequest(
                attempt("a", 1),
                EmrStepsFixture.sparkSubmit(Map.of(), Argument.literal("x".repeat(10_240))),
                new EmrStepsFixture.FixedUris(),
                OnAttemptFailure.CONTINUE);

        platform.submit(RUN, List.of(tooLongRequest, request(attempt("b", 1), OnAttemptFailure.CONTINUE)));

        String reason = "Failed[reason=EMR rejected the step: Total length of all the string in HadoopJarStep exceeds"
                + " limit of 10240.]";
        assertThat(describe(EmrStepsFixture.poll(platform))).containsExactly("a/1 " + reason, "b/1 " + reason);
        assertThat(fixture.started()).isEmpty();
    }

    @Test
    void waitsWhileTheClusterHasTheMaximumNumberOfActiveSteps() {
        fixture.aws
                .emr()
                .scriptSteps(name -> StepScript.completesAfter(
                        name.matches("other/s\\d{2,}/.*") ? Duration.ofMillis(10) : Duration.ofSeconds(2)));
        fixture.becomeReady();
        fixture.clients
                .emr()
                .addJobFlowSteps(request -> request.jobFlowId(fixture.cluster)
                        .steps(IntStream.range(0, 255)
                                .mapToObj(i -> StepConfigs.of(
                                        EmrStepName.of(new RunId("other"), attempt("s" + i, 1)),
                                        request(attempt("s" + i, 1), OnAttemptFailure.CONTINUE),
                                        1))
                                .toList()));

        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b"));

        assertThat(describe(EmrStepsFixture.poll(platform)))
                .containsExactly(
                        "a/1 waits: the cluster has reached EMR's limit of active steps",
                        "b/1 waits: the cluster has reached EMR's limit of active steps");
        assertThat(describe(fixture.awaitEnd(platform)))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]");
        fixture.assertNothingRanTwice();
    }

    @Test
    void findsStepsByNameAfterALostResponse() {
        fixture.becomeReady();
        fixture.aws.emr().listingLag(Duration.ofSeconds(20));
        fixture.aws
                .faults()
                .add(Fault.responseLost(), Calls.named("AddJobFlowSteps").first(1));

        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b"));

        assertThat(describe(EmrStepsFixture.poll(platform)))
                .containsExactly(
                        "a/1 waits: EMR has not confirmed the submission",
                        "b/1 waits: EMR has not confirmed the submission");
        assertThat(describe(fixture.awaitEnd(platform)))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]");
        assertThat(fixture.calls("AddJobFlowSteps")).isEqualTo(1);
        fixture.assertNothingRanTwice();
    }

    @Test
    void reportsAStepThatEmrNeverReceivedAsLost() {
        fixture.becomeReady();
        fixture.aws
                .faults()
                .add(Fault.requestLost(), Calls.named("AddJobFlowSteps").first(1));

        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));
        List<AttemptStatus> ended = fixture.awaitEnd(platform);

        String name = RUN + "/a/1";
        assertThat(describe(ended))
                .containsExactly("a/1 Lost[reason=cluster " + fixture.cluster + " has no step " + name + "]");
        assertThat(fixture.aws.clock().elapsed()).isGreaterThan(Duration.ofMinutes(5 + 3));
        assertThat(fixture.calls("AddJobFlowSteps")).isEqualTo(1);
    }

    /** A step must stay unconfirmed through any outage: a resubmitted step might run twice. */
    @Test
    void neverResubmitsEvenIfStepsCannotBeListed() {
        fixture.becomeReady();
        fixture.aws
                .faults()
                .add(Fault.responseLost(), Calls.named("AddJobFlowSteps").first(1));
        fixture.aws.faults().add(Fault.internalError(), Calls.named("ListSteps").first(60));

        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b"));

        assertThat(describe(fixture.awaitEnd(platform)))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]");
        assertThat(fixture.calls("AddJobFlowSteps")).isEqualTo(1);
        fixture.assertNothingRanTwice();
    }

    @Test
    void queuesNothingBehindAnUnconfirmedStep() {
        fixture.becomeReady();
        fixture.aws
                .faults()
                .add(Fault.requestLost(), Calls.named("AddJobFlowSteps").first(1));
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));

        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "b"));
        fixture.pollFor(platform, 60);

        assertThat(fixture.started()).isEmpty();
        assertThat(describe(fixture.awaitEnd(platform)).get(1)).isEqualTo("b/1 Succeeded[rows=null]");
    }

    @Test
    void retriesThrottledSubmissions() {
        fixture.becomeReady();
        fixture.aws
                .faults()
                .add(Fault.throttled(), Calls.named("AddJobFlowSteps").first(10));

        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));

        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Succeeded[rows=null]");
        fixture.assertNothingRanTwice();
    }
}
