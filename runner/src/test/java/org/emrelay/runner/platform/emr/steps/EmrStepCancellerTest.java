package org.emrelay.runner.platform.emr.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.RUN;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.attempt;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.describe;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.request;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.requests;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.sparkSubmit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cancelled steps leave nothing on YARN, other runners find them by name, and no step runs twice. */
final class EmrStepCancellerTest {
    private final EmrStepsFixture fixture = new EmrStepsFixture(1);
    private final EmrPlatform platform = fixture.newPlatform();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void runSteps(StepScript stepScript) {
        fixture.aws
                .emr()
                .scriptSteps(
                        name -> name.endsWith("/end") ? StepScript.completesAfter(Duration.ofSeconds(10)) : stepScript);
    }

    private List<String> runningApplications() {
        return fixture.aws.inspect(() -> fixture.aws.emr().yarn().running());
    }

    @Test
    void cancelsAChainInOneCallBeforeTheNextStepStarts() {
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b", "c"));
        platform.refresh(RUN);

        platform.cancel(RUN, Set.of(attempt("a", 1), attempt("b", 1), attempt("c", 1)));

        assertThat(describe(fixture.awaitEnd(platform)))
                .containsExactly("a/1 Cancelled[]", "b/1 Cancelled[]", "c/1 Cancelled[]");
        assertThat(fixture.calls("CancelSteps")).isEqualTo(1);
        assertThat(fixture.started()).containsExactly("a/1", "a/1/end");
        assertThat(runningApplications()).isEmpty();
        fixture.assertNothingRanTwice();
    }

    @Test
    void reportsAnAttemptAsEndedOnlyAfterItsApplicationIsGone() {
        runSteps(StepScript.completesAfter(Duration.ofMinutes(10)));
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));
        platform.refresh(RUN);
        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(describe(fixture.pollFor(platform, 19))).containsExactly("a/1 runs: killing its YARN application");
        assertThat(runningApplications()).containsExactly(RUN + "/a/1");
        fixture.awaitEnd(platform);
        assertThat(runningApplications()).isEmpty();
    }

    /** EMR starts the next step after a cancelled one, although its input is missing. */
    @Test
    void withdrawsStepsQueuedBehindACancelledStep() {
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b"));
        platform.refresh(RUN);

        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Cancelled[]", "b/1 Withdrawn[]");
        assertThat(fixture.started()).containsExactly("a/1", "a/1/end");
    }

    /** Otherwise the cleanup step would have to wait for it. */
    @Test
    void queuesNothingBeforeTheCleanupOfACancelledStep() {
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));
        platform.refresh(RUN);
        platform.cancel(RUN, Set.of(attempt("a", 1)));

        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "b"));

        assertThat(describe(EmrStepsFixture.poll(platform)).get(1)).isEqualTo("b/1 waits: queued behind a");
        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Cancelled[]", "b/1 Succeeded[rows=null]");
        assertThat(fixture.started()).containsExactly("a/1", "a/1/end", "b/1");
    }

    @Test
    void keepsIndependentStepsQueuedBehindACancelledStep() {
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CONTINUE, "a", "b"));
        platform.refresh(RUN);

        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Cancelled[]", "b/1 Succeeded[rows=null]");
    }

    @Test
    void aRetryWaitsUntilTheFirstAttemptsApplicationIsGone() {
        fixture.aws
                .emr()
                .scriptSteps(name -> name.endsWith("/a/1")
                        ? StepScript.failsAfter(Duration.ofSeconds(5), "killed").leavingApplicationRunning()
                        : StepScript.completesAfter(Duration.ofSeconds(10)));
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));
        fixture.awaitEnd(platform);
        assertThat(runningApplications()).containsExactly(RUN + "/a/1");

        platform.submit(RUN, List.of(request(attempt("a", 2), OnAttemptFailure.CANCEL_AND_WAIT)));

        assertThat(describe(EmrStepsFixture.poll(platform)).get(1))
                .isEqualTo("a/2 waits: killing the YARN application of the previous attempt");
        assertThat(describe(fixture.awaitEnd(platform)))
                .containsExactly("a/1 Failed[reason=killed]", "a/2 Succeeded[rows=null]");
        assertThat(fixture.started()).containsExactly("a/1", "a/1/end", "a/2");
        fixture.assertNothingRanTwice();
    }

    @Test
    void aRetryByAnotherRunnerWaitsToo() {
        fixture.aws
                .emr()
                .scriptSteps(name -> name.endsWith("/a/1")
                        ? StepScript.failsAfter(Duration.ofSeconds(5), "killed").leavingApplicationRunning()
                        : StepScript.completesAfter(Duration.ofSeconds(10)));
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));
        fixture.awaitEnd(platform);

        EmrPlatform nextPlatform = fixture.newPlatform();
        nextPlatform.submit(RUN, List.of(request(attempt("a", 2), OnAttemptFailure.CANCEL_AND_WAIT)));

        assertThat(describe(fixture.awaitEnd(nextPlatform))).containsExactly("a/2 Succeeded[rows=null]");
        assertThat(fixture.started()).containsExactly("a/1", "a/1/end", "a/2");
        fixture.assertNothingRanTwice();
    }

    /** The attempt was given up as lost, but its submission succeeded late. */
    @Test
    void aRetryCancelsAnEarlierAttemptThatAppearsLate() {
        runSteps(StepScript.completesAfter(Duration.ofMinutes(30)));
        fixture.becomeReady();
        fixture.aws.emr().listingLag(Duration.ofMinutes(5));
        fixture.aws
                .faults()
                .add(Fault.responseLost(), Calls.named("AddJobFlowSteps").first(1));
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));
        assertThat(describe(fixture.awaitEnd(platform)).get(0)).startsWith("a/1 Lost[");
        fixture.pollFor(platform, 150);

        platform.submit(RUN, List.of(request(attempt("a", 2), OnAttemptFailure.CANCEL_AND_WAIT)));

        assertThat(describe(fixture.awaitEnd(platform)).get(1)).isEqualTo("a/2 Succeeded[rows=null]");
        assertThat(fixture.started()).containsExactly("a/1", "a/1/end", "a/2");
        fixture.assertNothingRanTwice();
    }

    @Test
    void findsTheApplicationOfAnUntaggedStepInItsLog() {
        runSteps(StepScript.completesAfter(Duration.ofMinutes(10)));
        fixture.becomeReady();
        AttemptRequest legacyRequest = new AttemptRequest(
                attempt("a", 1),
                sparkSubmit(true, Map.of(), Argument.literal("a")),
                new EmrStepsFixture.FixedUris(),
                OnAttemptFailure.CANCEL_AND_WAIT);
        platform.submit(RUN, List.of(legacyRequest));
        platform.refresh(RUN);

        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Cancelled[]");
        assertThat(runningApplications()).isEmpty();
    }

    @Test
    void reportsAnApplicationThatCannotBeKilled() {
        fixture.aws
                .emr()
                .scriptSteps(name -> name.contains("/end")
                        ? StepScript.failsAfter(Duration.ofSeconds(60), "still there")
                        : StepScript.completesAfter(Duration.ofMinutes(10)));
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));
        platform.refresh(RUN);
        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThatThrownBy(() -> fixture.awaitEnd(platform))
                .isInstanceOf(AwsException.class)
                .hasMessage("Could not kill the YARN application of " + RUN + "/a/1. The step " + RUN
                        + "/a/1/end/3 failed to kill it too. Check on the primary node with: yarn application -list.");
        assertThat(fixture.started()).containsExactly("a/1", "a/1/end", "a/1/end/2", "a/1/end/3");
    }

    @Test
    void retriesCancellation() {
        runSteps(StepScript.completesAfter(Duration.ofMinutes(10)));
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));
        platform.refresh(RUN);
        fixture.aws.faults().add(Fault.throttled(), Calls.named("CancelSteps").first(2));
        fixture.aws
                .faults()
                .add(Fault.responseLost(), Calls.named("CancelSteps").nth(3));

        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Cancelled[]");
        assertThat(runningApplications()).isEmpty();
    }

    /** The step ends just before the call. */
    @Test
    void reportsAStepThatEndedBeforeItsCancellationAsSucceeded() {
        runSteps(StepScript.completesAfter(Duration.ofSeconds(10)));
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));
        platform.refresh(RUN);
        fixture.aws.clock().advance(Duration.ofSeconds(10));

        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Succeeded[rows=null]");
    }

    @Test
    void stepsAreCancelledWhenTheClusterTerminatesMeanwhile() {
        runSteps(StepScript.completesAfter(Duration.ofMinutes(10)));
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b"));
        platform.refresh(RUN);
        platform.cancel(RUN, Set.of(attempt("a", 1), attempt("b", 1)));

        fixture.clients.emr().terminateJobFlows(request -> request.jobFlowIds(fixture.cluster));

        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Cancelled[]", "b/1 Cancelled[]");
    }

    @Test
    void anotherRunnerFindsTheStepsByName() {
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b", "c"));
        fixture.pollFor(platform, 50);

        EmrPlatform nextPlatform = fixture.newPlatform();
        List<AttemptStatus> attached =
                nextPlatform.attach(RUN, List.of(attempt("a", 1), attempt("b", 1), attempt("c", 1)));

        assertThat(describe(attached))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 runs", "c/1 waits: queued behind b");
        assertThat(describe(fixture.awaitEnd(nextPlatform)))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]", "c/1 Succeeded[rows=null]");
        assertThat(fixture.calls("AddJobFlowSteps")).isEqualTo(1);
    }

    @Test
    void reportsAStepThatWasNeverSubmittedAsLost() {
        fixture.becomeReady();

        List<AttemptStatus> attached = platform.attach(RUN, List.of(attempt("a", 1)));

        assertThat(describe(attached)).containsExactly("a/1 waits: EMR has not confirmed the submission");
        assertThat(describe(fixture.awaitEnd(platform)))
                .containsExactly("a/1 Lost[reason=cluster " + fixture.cluster + " has no step " + RUN + "/a/1]");
    }

    /** The first runner crashes right after the call, and the next one starts before EMR lists the step. */
    @Test
    void anotherRunnerWaitsForStepsThatEmrDoesNotListYet() {
        fixture.becomeReady();
        fixture.aws.emr().listingLag(Duration.ofSeconds(20));
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));

        EmrPlatform nextPlatform = fixture.newPlatform();
        nextPlatform.attach(RUN, List.of(attempt("a", 1)));

        assertThat(describe(fixture.awaitEnd(nextPlatform))).containsExactly("a/1 Succeeded[rows=null]");
    }
}
