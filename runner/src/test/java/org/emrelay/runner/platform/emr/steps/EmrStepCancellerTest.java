package org.emrelay.runner.platform.emr.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.RUN;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.attempt;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.launch;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.launches;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.submission;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.words;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps are stopped with all that they left on YARN, found again by whoever comes next, and never meet themselves. */
final class EmrStepCancellerTest {
    private final EmrStepsFixture stage = new EmrStepsFixture(1);
    private final EmrPlatform platform = stage.platform();

    @AfterEach
    void close() {
        stage.close();
    }

    private void steps(StepScript script) {
        stage.aws
                .emr()
                .steps(name -> name.endsWith("/end") ? StepScript.completesAfter(Duration.ofSeconds(10)) : script);
    }

    private List<String> living() {
        return stage.aws.look(() -> stage.aws.emr().yarn().living());
    }

    @Test
    void cancelsAChainInOneCallSoThatNothingOfItStarts() {
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b", "c"));
        platform.poll(RUN);

        platform.cancel(RUN, Set.of(attempt("a", 1), attempt("b", 1), attempt("c", 1)));

        assertThat(words(stage.await(platform)))
                .containsExactly("a/1 Cancelled[]", "b/1 Cancelled[]", "c/1 Cancelled[]");
        assertThat(stage.calls("CancelSteps")).isEqualTo(1);
        assertThat(stage.started()).containsExactly("a/1", "a/1/end");
        assertThat(living()).isEmpty();
        stage.nothingRanTwice();
    }

    @Test
    void tellsThatAnAttemptHasEndedOnlyWhenNothingOfItIsLeftOnYarn() {
        steps(StepScript.completesAfter(Duration.ofMinutes(10)));
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));
        platform.poll(RUN);
        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(words(stage.watch(platform, 19))).containsExactly("a/1 runs: what it left on YARN is being ended");
        assertThat(living()).containsExactly(RUN + "/a/1");
        stage.await(platform);
        assertThat(living()).isEmpty();
    }

    /** What EMR starts by itself behind a cancelled step would be without its input. */
    @Test
    void whatComesBehindACancelledStepGoesAlongAndIsWithdrawn() {
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b"));
        platform.poll(RUN);

        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Cancelled[]", "b/1 Withdrawn[]");
        assertThat(stage.started()).containsExactly("a/1", "a/1/end");
    }

    /** The step that ends what is left would have to wait for it. */
    @Test
    void nothingComesBetweenACancelledStepAndWhatEndsIt() {
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));
        platform.poll(RUN);
        platform.cancel(RUN, Set.of(attempt("a", 1)));

        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "b"));

        assertThat(words(platform.poll(RUN)).get(1)).isEqualTo("b/1 waits: queued behind a");
        assertThat(words(stage.await(platform))).containsExactly("a/1 Cancelled[]", "b/1 Succeeded[rows=null]");
        assertThat(stage.started()).containsExactly("a/1", "a/1/end", "b/1");
    }

    @Test
    void whatComesBehindACancelledStepThatNobodyNeedsGoesOn() {
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.NEXT_STARTS, "a", "b"));
        platform.poll(RUN);

        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Cancelled[]", "b/1 Succeeded[rows=null]");
    }

    @Test
    void aRetryWaitsUntilTheApplicationOfTheFirstAttemptIsGone() {
        stage.aws
                .emr()
                .steps(name -> name.endsWith("/a/1")
                        ? StepScript.failsAfter(Duration.ofSeconds(5), "killed").leavingItsApplication()
                        : StepScript.completesAfter(Duration.ofSeconds(10)));
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));
        stage.await(platform);
        assertThat(living()).containsExactly(RUN + "/a/1");

        platform.submit(RUN, List.of(launch(attempt("a", 2), OnAttemptFailure.REST_IS_WITHDRAWN)));

        assertThat(words(platform.poll(RUN)).get(1))
                .isEqualTo("a/2 waits: what the attempt before left on YARN is being ended");
        assertThat(words(stage.await(platform)))
                .containsExactly("a/1 Failed[reason=killed]", "a/2 Succeeded[rows=null]");
        assertThat(stage.started()).containsExactly("a/1", "a/1/end", "a/2");
        stage.nothingRanTwice();
    }

    @Test
    void aRetryByAnotherRunnerWaitsToo() {
        stage.aws
                .emr()
                .steps(name -> name.endsWith("/a/1")
                        ? StepScript.failsAfter(Duration.ofSeconds(5), "killed").leavingItsApplication()
                        : StepScript.completesAfter(Duration.ofSeconds(10)));
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));
        stage.await(platform);

        EmrPlatform next = stage.platform();
        next.submit(RUN, List.of(launch(attempt("a", 2), OnAttemptFailure.REST_IS_WITHDRAWN)));

        assertThat(words(stage.await(next))).containsExactly("a/2 Succeeded[rows=null]");
        assertThat(stage.started()).containsExactly("a/1", "a/1/end", "a/2");
        stage.nothingRanTwice();
    }

    /** It was given up as lost, and came through late. */
    @Test
    void aRetryStopsAnEarlierAttemptThatTurnsUpAfterAll() {
        steps(StepScript.completesAfter(Duration.ofMinutes(30)));
        stage.ready();
        stage.aws.emr().listingLag(Duration.ofMinutes(5));
        stage.aws
                .faults()
                .add(Fault.answerLost(), Calls.named("AddJobFlowSteps").first(1));
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));
        assertThat(words(stage.await(platform)).get(0)).startsWith("a/1 Lost[");
        stage.watch(platform, 150);

        platform.submit(RUN, List.of(launch(attempt("a", 2), OnAttemptFailure.REST_IS_WITHDRAWN)));

        assertThat(words(stage.await(platform)).get(1)).isEqualTo("a/2 Succeeded[rows=null]");
        assertThat(stage.started()).containsExactly("a/1", "a/1/end", "a/2");
        stage.nothingRanTwice();
    }

    @Test
    void endsWhatAStepThatHadToBeSentWithoutATagLeftByItsLog() {
        steps(StepScript.completesAfter(Duration.ofMinutes(10)));
        stage.ready();
        AttemptRequest original = new AttemptRequest(
                attempt("a", 1),
                submission(Map.of(), Argument.of(new Argument.WorkspaceName())),
                new EmrStepsFixture.Here(),
                OnAttemptFailure.REST_IS_WITHDRAWN);
        platform.submit(RUN, List.of(original));
        platform.poll(RUN);

        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Cancelled[]");
        assertThat(living()).isEmpty();
    }

    @Test
    void saysSoWhenNothingEndsWhatIsLeftOnYarn() {
        stage.aws
                .emr()
                .steps(name -> name.contains("/end")
                        ? StepScript.failsAfter(Duration.ofSeconds(60), "still there")
                        : StepScript.completesAfter(Duration.ofMinutes(10)));
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));
        platform.poll(RUN);
        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThatThrownBy(() -> stage.await(platform))
                .isInstanceOf(AwsException.class)
                .hasMessage("Could not end what " + RUN + "/a/1 left on YARN. The step " + RUN
                        + "/a/1/end/3 did not end it either. Look on the primary node with: yarn application -list.");
        assertThat(stage.started()).containsExactly("a/1", "a/1/end", "a/1/end/2", "a/1/end/3");
    }

    @Test
    void cancelsAsSoonAsItCan() {
        steps(StepScript.completesAfter(Duration.ofMinutes(10)));
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));
        platform.poll(RUN);
        stage.aws.faults().add(Fault.throttled(), Calls.named("CancelSteps").first(2));
        stage.aws.faults().add(Fault.answerLost(), Calls.named("CancelSteps").only(3));

        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Cancelled[]");
        assertThat(living()).isEmpty();
    }

    /** It ended at the very moment. */
    @Test
    void whatEndedBeforeItCouldBeCancelledEndedAsItDid() {
        steps(StepScript.completesAfter(Duration.ofSeconds(10)));
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));
        platform.poll(RUN);
        stage.aws.time().advance(Duration.ofSeconds(10));

        platform.cancel(RUN, Set.of(attempt("a", 1)));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Succeeded[rows=null]");
    }

    @Test
    void aClusterThatEndsWhileStepsAreCancelledEndsThemToo() {
        steps(StepScript.completesAfter(Duration.ofMinutes(10)));
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b"));
        platform.poll(RUN);
        platform.cancel(RUN, Set.of(attempt("a", 1), attempt("b", 1)));

        stage.clients.emr().terminateJobFlows(request -> request.jobFlowIds(stage.cluster));

        assertThat(words(stage.await(platform))).containsExactly("a/1 Cancelled[]", "b/1 Cancelled[]");
    }

    @Test
    void anotherRunnerFindsEverythingAgainByName() {
        stage.ready();
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a", "b", "c"));
        stage.watch(platform, 50);

        EmrPlatform next = stage.platform();
        List<AttemptStatus> found = next.attach(RUN, List.of(attempt("a", 1), attempt("b", 1), attempt("c", 1)));

        assertThat(words(found)).containsExactly("a/1 Succeeded[rows=null]", "b/1 runs", "c/1 waits: queued behind b");
        assertThat(words(stage.await(next)))
                .containsExactly("a/1 Succeeded[rows=null]", "b/1 Succeeded[rows=null]", "c/1 Succeeded[rows=null]");
        assertThat(stage.calls("AddJobFlowSteps")).isEqualTo(1);
    }

    @Test
    void givesUpForAnotherRunnerWhatWasNeverHandedOver() {
        stage.ready();

        List<AttemptStatus> found = platform.attach(RUN, List.of(attempt("a", 1)));

        assertThat(words(found)).containsExactly("a/1 waits: it is to be seen whether EMR has it");
        assertThat(words(stage.await(platform)))
                .containsExactly("a/1 Lost[reason=the cluster " + stage.cluster + " has no step " + RUN + "/a/1]");
    }

    /** The runner died at once after the call, and the next one is there before EMR lists what it took. */
    @Test
    void anotherRunnerWaitsForWhatEmrDoesNotListYet() {
        stage.ready();
        stage.aws.emr().listingLag(Duration.ofSeconds(20));
        platform.submit(RUN, launches(OnAttemptFailure.REST_IS_WITHDRAWN, "a"));

        EmrPlatform next = stage.platform();
        next.attach(RUN, List.of(attempt("a", 1)));

        assertThat(words(stage.await(next))).containsExactly("a/1 Succeeded[rows=null]");
    }
}
