package org.emrelay.runner.platform.emr.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.RUN;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.attempt;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.describe;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.request;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.requests;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.platform.SubmissionMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps are submitted to a cluster and polled, and end as EMR reports. */
final class EmrPlatformTest {
    private EmrStepsFixture fixture = new EmrStepsFixture(1);
    private EmrPlatform platform = fixture.newPlatform();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void useConcurrency(int concurrency) {
        fixture.close();
        fixture = new EmrStepsFixture(concurrency);
        platform = fixture.newPlatform();
    }

    @Test
    void submitsAChainInOneCallAndLetsEmrStartTheSteps() {
        fixture.becomeReady();
        assertThat(platform.submissionMode()).isEqualTo(new SubmissionMode(true, 200, Duration.ofSeconds(1)));

        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b", "c"));

        assertThat(describe(EmrStepsFixture.poll(platform)))
                .containsExactly("a/1 runs", "b/1 waits: queued behind a", "c/1 waits: queued behind b");
        List<AttemptStatus> ended = fixture.awaitEnd(platform);
        assertThat(describe(ended))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]", "c/1 Succeeded[rows=null]");
        assertThat(ended.get(1).started()).isEqualTo(ended.get(0).ended());
        assertThat(fixture.calls("AddJobFlowSteps")).isEqualTo(1);
        fixture.assertNothingRanTwice();
    }

    @Test
    void reportsThePendingReasonWhileTheClusterStarts() {
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b"));

        assertThat(describe(EmrStepsFixture.poll(platform)))
                .containsExactly("a/1 waits: the cluster is starting", "b/1 waits: queued behind a");
        assertThat(describe(fixture.pollFor(platform, 200)))
                .containsExactly("a/1 waits: the cluster is bootstrapping", "b/1 waits: queued behind a");
        assertThat(describe(fixture.awaitEnd(platform)))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]");
        assertThat(fixture.calls("DescribeCluster")).isLessThanOrEqualTo(12);
    }

    @Test
    void withdrawsStepsQueuedBehindAFailureAndReportsItsReason() {
        fixture.aws
                .emr()
                .scriptSteps(name -> name.contains("/b/")
                        ? StepScript.failsAfter(Duration.ofSeconds(20), "Exception: no such column")
                        : StepScript.completesAfter(Duration.ofSeconds(20)));
        fixture.becomeReady();

        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b", "c", "d"));

        assertThat(describe(fixture.awaitEnd(platform)))
                .containsExactly(
                        "a/1 Succeeded[rows=null]",
                        "b/1 Failed[reason=Exception: no such column]",
                        "c/1 Withdrawn[]",
                        "d/1 Withdrawn[]");
        assertThat(fixture.started()).containsExactly("a/1", "b/1");
    }

    @Test
    void continuesAfterAFailureIfTheNextStepMayStart() {
        fixture.aws.emr().scriptSteps(name -> StepScript.failsAfter(Duration.ofSeconds(5), "no"));
        fixture.becomeReady();

        platform.submit(RUN, requests(OnAttemptFailure.CONTINUE, "a", "b"));

        assertThat(describe(fixture.awaitEnd(platform)))
                .containsExactly("a/1 Failed[reason=no]", "b/1 Failed[reason=no]");
    }

    @Test
    void withdrawsTheRestWhenAFailureTerminatesTheCluster() {
        fixture.aws.emr().scriptSteps(name -> StepScript.failsAfter(Duration.ofSeconds(5), "no"));
        fixture.becomeReady();

        platform.submit(RUN, requests(OnAttemptFailure.TERMINATE_CLUSTER, "a", "b"));

        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Failed[reason=no]", "b/1 Withdrawn[]");
    }

    @Test
    void stepsAreLostWhenTheClusterIsTerminated() {
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b"));
        fixture.pollFor(platform, 10);
        fixture.clients.emr().terminateJobFlows(request -> request.jobFlowIds(fixture.cluster));

        String reason =
                "Lost[reason=cluster " + fixture.cluster + " terminated: USER_REQUEST: Terminated by user request]";
        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 " + reason, "b/1 " + reason);
    }

    @Test
    void submittingToATerminatedClusterFails() {
        fixture.becomeReady();
        fixture.clients.emr().terminateJobFlows(request -> request.jobFlowIds(fixture.cluster));

        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));

        assertThat(describe(EmrStepsFixture.poll(platform)))
                .containsExactly("a/1 Failed[reason=cluster " + fixture.cluster
                        + " terminated: USER_REQUEST: Terminated by user request]");
    }

    @Test
    void reportsAStepCancelledByAnotherUserAsCancelled() {
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b"));
        String secondStepId = fixture.clients
                .emr()
                .listSteps(request -> request.clusterId(fixture.cluster))
                .steps()
                .get(0)
                .id();
        fixture.clients
                .emr()
                .cancelSteps(request -> request.clusterId(fixture.cluster).stepIds(secondStepId));

        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Succeeded[rows=null]", "b/1 Cancelled[]");
    }

    @Test
    void withdrawsStepsCancelledByTheFailureOfAForeignStep() {
        fixture.aws.emr().scriptSteps(name -> StepScript.failsAfter(Duration.ofSeconds(20), "no"));
        fixture.becomeReady();
        fixture.clients
                .emr()
                .addJobFlowSteps(request -> request.jobFlowId(fixture.cluster)
                        .steps(StepConfigs.of(
                                EmrStepName.of(new RunId("other"), attempt("x", 1)),
                                request(attempt("x", 1), OnAttemptFailure.CANCEL_AND_WAIT),
                                1)));

        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b"));

        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Withdrawn[]", "b/1 Withdrawn[]");
    }

    @Test
    void runsStepsInParallelWithTheOnlyActionThatEmrAccepts() {
        useConcurrency(2);
        fixture.becomeReady();
        assertThat(platform.submissionMode().sequential()).isFalse();

        platform.submit(RUN, requests(OnAttemptFailure.TERMINATE_CLUSTER, "a", "b", "c"));

        assertThat(describe(EmrStepsFixture.poll(platform)))
                .containsExactly("a/1 runs", "b/1 runs", "c/1 waits: the cluster runs at most 2 steps in parallel");
        assertThat(describe(fixture.awaitEnd(platform)))
                .allMatch(description -> description.endsWith("Succeeded[rows=null]"));
    }

    @Test
    void describesATerminatedClusterOnceForAllItsSteps() {
        fixture.becomeReady();
        platform.submit(
                RUN,
                requests(
                        OnAttemptFailure.CANCEL_AND_WAIT,
                        IntStream.range(0, 100).mapToObj(i -> "s" + i).toArray(String[]::new)));
        fixture.clients.emr().terminateJobFlows(request -> request.jobFlowIds(fixture.cluster));

        assertThat(describe(fixture.awaitEnd(platform)))
                .allMatch(description -> description.contains("Lost[reason=cluster "));
        assertThat(fixture.calls("DescribeCluster")).isLessThanOrEqualTo(3);
        assertThat(fixture.calls("ListSteps")).isLessThanOrEqualTo(8);
    }

    @Test
    void pollsAtOnceAndThenLessOften() {
        fixture.aws.emr().scriptSteps(name -> StepScript.completesAfter(Duration.ofMinutes(10)));
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));

        fixture.awaitEnd(platform);

        List<Instant> polls = fixture.aws.calls().named("ListSteps").stream()
                .map(call -> call.startedAt())
                .toList();
        List<Long> pauses = IntStream.range(1, polls.size())
                .mapToObj(i -> Duration.between(polls.get(i - 1), polls.get(i)).toSeconds())
                .toList();
        assertThat(pauses.get(0)).isBetween(4L, 6L);
        assertThat(pauses).allMatch(seconds -> seconds <= 34);
        assertThat(pauses.get(pauses.size() - 1)).isBetween(26L, 34L);
        assertThat(polls).hasSizeLessThan(30);
    }

    @Test
    void listsTwoHundredStepsWithFourCalls() {
        fixture.becomeReady();
        platform.submit(
                RUN,
                requests(
                        OnAttemptFailure.CANCEL_AND_WAIT,
                        IntStream.range(0, 200).mapToObj(i -> "s" + i).toArray(String[]::new)));

        platform.refresh(RUN);

        assertThat(fixture.calls("ListSteps")).isEqualTo(4);
    }

    @Test
    void reportsAnAwsOutageAndKeepsPolling() {
        fixture.becomeReady();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));
        fixture.aws.faults().add(Fault.unavailable(), Calls.named("ListSteps").first(12));

        assertThat(describe(fixture.awaitEnd(platform))).containsExactly("a/1 Succeeded[rows=null]");
        assertThat(fixture.notices)
                .hasSize(1)
                .allMatch(sentence ->
                        sentence.startsWith("warning: Could not list the steps of cluster " + fixture.cluster + ".")
                                && sentence.endsWith("The steps keep running. Retrying until AWS responds."));
    }

    @Test
    void staysWithinTheEmrCallQuotas() {
        fixture.becomeReady();
        fixture.aws.faults().enforceEmrRateLimits();
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a", "b", "c"));

        fixture.awaitEnd(platform);

        assertThat(fixture.aws.calls().all()).allMatch(call -> call.succeeded());
    }

    @Test
    void returnsTheStepIdAndTheLogUri() {
        fixture.becomeReady();
        String steps = "s3://logs/here/" + fixture.cluster + "/steps/";
        platform.submit(RUN, requests(OnAttemptFailure.CANCEL_AND_WAIT, "a"));

        String id = fixture.clients
                .emr()
                .listSteps(request -> request.clusterId(fixture.cluster))
                .steps()
                .get(0)
                .id();
        assertThat(platform.statuses(RUN))
                .extracting(AttemptStatus::step)
                .containsExactly(new PlatformStep(id, steps + id + "/"));
    }
}
