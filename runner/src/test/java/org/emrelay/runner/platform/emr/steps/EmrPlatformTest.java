package org.emrelay.runner.platform.emr.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.RUN;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.attempt;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.launch;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.launches;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.words;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.SubmissionMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps go to a cluster, are watched, and end as EMR says. */
final class EmrPlatformTest {
    private EmrStepsFixture stage = new EmrStepsFixture(1);
    private EmrPlatform platform = stage.platform();

    @AfterEach
    void close() {
        stage.close();
    }

    private void sideBySide(int concurrency) {
        stage.close();
        stage = new EmrStepsFixture(concurrency);
        platform = stage.platform();
    }

    @Test
    void handsAChainOverWholeAndLetsEmrStartEachNextStep() {
        stage.ready();
        assertThat(platform.manner()).isEqualTo(new SubmissionMode(true, 200, Duration.ofSeconds(1)));

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b", "c"));

        assertThat(words(platform.poll(RUN)))
                .containsExactly("a/1 runs", "b/1 waits: queued behind a", "c/1 waits: queued behind b");
        List<AttemptStatus> ended = stage.await(platform);
        assertThat(words(ended))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]", "c/1 Succeeded[rows=null]");
        assertThat(ended.get(1).started()).isEqualTo(ended.get(0).ended());
        assertThat(stage.calls("AddJobFlowSteps")).isEqualTo(1);
        stage.nothingRanTwice();
    }

    @Test
    void saysWhatIsWaitedForWhileTheClusterComesUp() {
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b"));

        assertThat(words(platform.poll(RUN)))
                .containsExactly("a/1 waits: the cluster is starting", "b/1 waits: queued behind a");
        assertThat(words(stage.watch(platform, 200)))
                .containsExactly("a/1 waits: the cluster is bootstrapping", "b/1 waits: queued behind a");
        assertThat(words(stage.await(platform)))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]");
        assertThat(stage.calls("DescribeCluster")).isLessThanOrEqualTo(12);
    }

    @Test
    void withdrawsWhatWaitsBehindAFailureAndTellsWhyItFailed() {
        stage.aws
                .emr()
                .steps(name -> name.contains("/b/")
                        ? StepScript.failsAfter(Duration.ofSeconds(20), "Exception: no such column")
                        : StepScript.completesAfter(Duration.ofSeconds(20)));
        stage.ready();

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b", "c", "d"));

        assertThat(words(stage.await(platform)))
                .containsExactly(
                        "a/1 Succeeded[rows=null]",
                        "b/1 Failed[reason=Exception: no such column]",
                        "c/1 Withdrawn[]",
                        "d/1 Withdrawn[]");
        assertThat(stage.started()).containsExactly("a/1", "b/1");
    }

    @Test
    void goesOnBehindAFailureThatNobodyMinds() {
        stage.aws.emr().steps(name -> StepScript.failsAfter(Duration.ofSeconds(5), "no"));
        stage.ready();

        platform.submit(RUN, launches(OnAttemptFailure.NEXT_STARTS, "a", "b"));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Failed[reason=no]", "b/1 Failed[reason=no]");
    }

    @Test
    void aFailureThatEndsTheClusterWithdrawsTheRest() {
        stage.aws.emr().steps(name -> StepScript.failsAfter(Duration.ofSeconds(5), "no"));
        stage.ready();

        platform.submit(RUN, launches(OnAttemptFailure.CLUSTER_ENDS, "a", "b"));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Failed[reason=no]", "b/1 Withdrawn[]");
    }

    @Test
    void whatAClusterTookWithItIsLost() {
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b"));
        stage.watch(platform, 10);
        stage.clients.emr().terminateJobFlows(request -> request.jobFlowIds(stage.cluster));

        String reason =
                "Lost[reason=the cluster " + stage.cluster + " ended: USER_REQUEST: Terminated by user request]";
        assertThat(words(stage.await(platform))).containsExactly("a/1 " + reason, "b/1 " + reason);
    }

    @Test
    void whatIsHandedToAClusterThatHasEndedFailsForGood() {
        stage.ready();
        stage.clients.emr().terminateJobFlows(request -> request.jobFlowIds(stage.cluster));

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));

        assertThat(words(platform.poll(RUN)))
                .containsExactly("a/1 Failed[reason=the cluster " + stage.cluster
                        + " ended: USER_REQUEST: Terminated by user request]");
    }

    @Test
    void whatSomebodyCancelsFromOutsideIsCancelled() {
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b"));
        String second = stage.clients
                .emr()
                .listSteps(request -> request.clusterId(stage.cluster))
                .steps()
                .get(0)
                .id();
        stage.clients
                .emr()
                .cancelSteps(request -> request.clusterId(stage.cluster).stepIds(second));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Succeeded[rows=null]", "b/1 Cancelled[]");
    }

    @Test
    void whatSomebodyElsesFailureTookAlongIsWithdrawn() {
        stage.aws.emr().steps(name -> StepScript.failsAfter(Duration.ofSeconds(20), "no"));
        stage.ready();
        stage.clients
                .emr()
                .addJobFlowSteps(request -> request.jobFlowId(stage.cluster)
                        .steps(StepConfigs.of(
                                EmrStepName.of(new RunId("other"), attempt("x", 1)),
                                launch(attempt("x", 1), OnAttemptFailure.REST_IS_WITHDRAWN),
                                1)));

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b"));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Withdrawn[]", "b/1 Withdrawn[]");
    }

    @Test
    void runsSideBySideWithNoActionThatEmrWouldRefuse() {
        sideBySide(2);
        stage.ready();
        assertThat(platform.manner().inOrder()).isFalse();

        platform.submit(RUN, launches(OnAttemptFailure.CLUSTER_ENDS, "a", "b", "c"));

        assertThat(words(platform.poll(RUN)))
                .containsExactly("a/1 runs", "b/1 runs", "c/1 waits: the cluster runs 2 steps at once");
        assertThat(words(stage.await(platform))).allMatch(words -> words.endsWith("Succeeded[rows=null]"));
    }

    @Test
    void aRefusedCallFailsEachOfItsStepsInTheWordsOfAws() {
        stage.ready();
        var tooLong = new AttemptRequest(
                attempt("a", 1),
                EmrStepsFixture.submission(Map.of(), Argument.literal("x".repeat(10_240))),
                new EmrStepsFixture.Here(),
                OnAttemptFailure.NEXT_STARTS);

        platform.submit(RUN, List.of(tooLong, launch(attempt("b", 1), OnAttemptFailure.NEXT_STARTS)));

        String reason = "Failed[reason=EMR does not take it: Total length of all the string in HadoopJarStep exceeds"
                + " limit of 10240.]";
        assertThat(words(platform.poll(RUN))).containsExactly("a/1 " + reason, "b/1 " + reason);
        assertThat(stage.started()).isEmpty();
    }

    @Test
    void waitsForRoomWhereTheClusterHasAllTheStepsThatItMayHave() {
        stage.aws
                .emr()
                .steps(name -> StepScript.completesAfter(
                        name.startsWith("other") ? Duration.ofMillis(500) : Duration.ofSeconds(10)));
        stage.ready();
        stage.clients
                .emr()
                .addJobFlowSteps(request -> request.jobFlowId(stage.cluster)
                        .steps(IntStream.range(0, 255)
                                .mapToObj(i -> StepConfigs.of(
                                        EmrStepName.of(new RunId("other"), attempt("s" + i, 1)),
                                        launch(attempt("s" + i, 1), OnAttemptFailure.NEXT_STARTS),
                                        1))
                                .toList()));

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b"));

        assertThat(words(platform.poll(RUN)))
                .containsExactly(
                        "a/1 waits: the cluster has as many active steps as EMR allows",
                        "b/1 waits: the cluster has as many active steps as EMR allows");
        assertThat(words(stage.await(platform)))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]");
        stage.nothingRanTwice();
    }

    @Test
    void findsByTheirNamesWhatAnAnswerThatWasLostWouldHaveTold() {
        stage.ready();
        stage.aws.emr().listingLag(Duration.ofSeconds(20));
        stage.aws
                .faults()
                .add(Fault.answerLost(), Calls.named("AddJobFlowSteps").first(1));

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b"));

        assertThat(words(platform.poll(RUN)))
                .containsExactly(
                        "a/1 waits: it is to be seen whether EMR has it",
                        "b/1 waits: it is to be seen whether EMR has it");
        assertThat(words(stage.await(platform)))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]");
        assertThat(stage.calls("AddJobFlowSteps")).isEqualTo(1);
        stage.nothingRanTwice();
    }

    @Test
    void givesUpAsLostWhatEmrNeverGot() {
        stage.ready();
        stage.aws
                .faults()
                .add(Fault.requestLost(), Calls.named("AddJobFlowSteps").first(1));

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));
        List<AttemptStatus> ended = stage.await(platform);

        String name = RUN + "/a/1";
        assertThat(words(ended))
                .containsExactly("a/1 Lost[reason=the cluster " + stage.cluster + " has no step " + name + "]");
        assertThat(stage.aws.time().elapsed()).isGreaterThan(Duration.ofMinutes(5 + 3));
        assertThat(stage.calls("AddJobFlowSteps")).isEqualTo(1);
    }

    /** The state in which it is not known must outlive any trouble: what is handed over again might run twice. */
    @Test
    void handsNothingOverAgainThoughItCannotLookEither() {
        stage.ready();
        stage.aws
                .faults()
                .add(Fault.answerLost(), Calls.named("AddJobFlowSteps").first(1));
        stage.aws.faults().add(Fault.internalError(), Calls.named("ListSteps").first(60));

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b"));

        assertThat(words(stage.await(platform)))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]");
        assertThat(stage.calls("AddJobFlowSteps")).isEqualTo(1);
        stage.nothingRanTwice();
    }

    @Test
    void putsNothingBehindWhatEmrPerhapsDoesNotHave() {
        stage.ready();
        stage.aws
                .faults()
                .add(Fault.requestLost(), Calls.named("AddJobFlowSteps").first(1));
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "b"));
        stage.watch(platform, 60);

        assertThat(stage.started()).isEmpty();
        assertThat(words(stage.await(platform)).get(1)).isEqualTo("b/1 Succeeded[rows=null]");
    }

    @Test
    void asksAgainWhileAwsSaysThatItIsTooMuch() {
        stage.ready();
        stage.aws.faults().add(Fault.throttled(), Calls.named("AddJobFlowSteps").first(10));

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Succeeded[rows=null]");
        stage.nothingRanTwice();
    }

    @Test
    void asksAboutAClusterThatEndedOnceForAllOfItsSteps() {
        stage.ready();
        platform.submit(
                RUN,
                launches(
                        OnAttemptFailure.REST_IS_WITHDRAWN,
                        IntStream.range(0, 100).mapToObj(i -> "s" + i).toArray(String[]::new)));
        stage.clients.emr().terminateJobFlows(request -> request.jobFlowIds(stage.cluster));

        assertThat(words(stage.await(platform))).allMatch(words -> words.contains("Lost[reason=the cluster "));
        assertThat(stage.calls("DescribeCluster")).isLessThanOrEqualTo(3);
        assertThat(stage.calls("ListSteps")).isLessThanOrEqualTo(8);
    }

    @Test
    void looksAtOnceAndThenLessAndLessOften() {
        stage.aws.emr().steps(name -> StepScript.completesAfter(Duration.ofMinutes(10)));
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));

        stage.await(platform);

        List<Instant> looks = stage.aws.calls().named("ListSteps").stream()
                .map(call -> call.startedAt())
                .toList();
        List<Long> pauses = IntStream.range(1, looks.size())
                .mapToObj(i -> Duration.between(looks.get(i - 1), looks.get(i)).toSeconds())
                .toList();
        assertThat(pauses.get(0)).isBetween(4L, 6L);
        assertThat(pauses).allMatch(seconds -> seconds <= 34);
        assertThat(pauses.get(pauses.size() - 1)).isBetween(26L, 34L);
        assertThat(looks).hasSizeLessThan(30);
    }

    @Test
    void looksAtTwoHundredStepsWithFourCalls() {
        stage.ready();
        platform.submit(
                RUN,
                launches(
                        OnAttemptFailure.REST_IS_WITHDRAWN,
                        IntStream.range(0, 200).mapToObj(i -> "s" + i).toArray(String[]::new)));

        platform.poll(RUN);

        assertThat(stage.calls("ListSteps")).isEqualTo(4);
    }

    @Test
    void watchesOnWhileAwsCannotBeReachedAndSaysSo() {
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));
        stage.aws.faults().add(Fault.unavailable(), Calls.named("ListSteps").first(12));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Succeeded[rows=null]");
        assertThat(stage.said)
                .hasSize(1)
                .allMatch(sentence ->
                        sentence.startsWith("Could not look at the steps of the cluster " + stage.cluster + ".")
                                && sentence.endsWith(
                                        "The steps go on meanwhile, and are looked at as soon as there is an answer."));
    }

    @Test
    void staysWithinTheQuotas() {
        stage.ready();
        stage.aws.faults().throttleByEmrQuotas();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b", "c"));

        stage.await(platform);

        assertThat(stage.aws.calls().all()).allMatch(call -> call.succeeded());
    }

    @Test
    void knowsWhereTheLogsLie() {
        stage.ready();
        String steps = "s3://logs/here/" + stage.cluster + "/steps/";
        assertThat(platform.log(RUN, attempt("a", 1))).isEqualTo(steps);

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));

        String id = stage.clients
                .emr()
                .listSteps(request -> request.clusterId(stage.cluster))
                .steps()
                .get(0)
                .id();
        assertThat(platform.log(RUN, attempt("a", 1))).isEqualTo(steps + id + "/");
    }
}
