package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.run.Event.StepCancelled;
import org.emrelay.runner.run.Event.StepSkipped;
import org.junit.jupiter.api.Test;

final class NextActionsTest {
    private static final Instant TIME = FakeClock.START;

    private final List<Event> events = new ArrayList<>();

    private NextActionsTest submitted(String step) {
        events.add(new Event.AttemptSubmitted(TIME, new AttemptId(name(step), 1)));
        return this;
    }

    private NextActionsTest running(String step) {
        submitted(step);
        events.add(new Event.AttemptStarted(TIME, new AttemptId(name(step), 1)));
        return this;
    }

    private NextActionsTest done(String step) {
        submitted(step);
        events.add(new Event.AttemptSucceeded(TIME, new AttemptId(name(step), 1), null, null));
        return this;
    }

    private NextActionsTest failed(String step) {
        events.add(new Event.StepFailed(TIME, name(step), "broken", ""));
        return this;
    }

    private NextActions actions(Plans plans) {
        return NextActions.of(
                new StepGraph(plans.plan()), RunState.of(plans.plan()).after(events), step -> false, FakeClock.START);
    }

    private static Plans diamond() {
        return plans().step("a").step("b", "a").step("c", "a").step("d", "b", "c");
    }

    @Test
    void stepWithoutDependenciesIsSubmittedFirst() {
        assertThat(actions(diamond()).submit()).containsExactly(name("a"));
    }

    @Test
    void allReadyStepsAreSubmittedTogether() {
        assertThat(done("a").actions(diamond()).submit()).containsExactly(name("b"), name("c"));
    }

    @Test
    void stepWaitsForAllItsDependencies() {
        assertThat(done("a").done("b").running("c").actions(diamond()))
                .isEqualTo(new NextActions(List.of(), List.of(), List.of(), ""));
    }

    @Test
    void failureStopsSubmittedStepsAndLetsRunningStepsEnd() {
        Plans plans = diamond().step("e");

        assertThat(done("a").failed("b").submitted("c").running("e").actions(plans))
                .isEqualTo(new NextActions(
                        List.of(),
                        List.of(new StepSkipped(FakeClock.START, name("d"), "needs b, which failed", name("b"))),
                        List.of(name("c")),
                        "b failed"));
    }

    @Test
    void failureThatTerminatesTheClusterStopsAll() {
        Plans plans = diamond()
                .policyOf("b", OnFailure.TERMINATE_CLUSTER, 0)
                .step("e")
                .step("f", "e");

        assertThat(done("a").failed("b").submitted("c").running("e").actions(plans))
                .isEqualTo(new NextActions(
                        List.of(),
                        List.of(
                                new StepSkipped(FakeClock.START, name("d"), "needs b, which failed", name("b")),
                                new StepCancelled(FakeClock.START, name("f"), "b failed")),
                        List.of(name("c"), name("e")),
                        "b failed"));
    }

    @Test
    void dependentOfTheRunningStepsIsTheLikelyNext() {
        Plans plans = diamond();
        RunState state = done("a").running("b").running("c").state(plans);

        assertThat(NextActions.likelyNext(new StepGraph(plans.plan()), state)).contains(name("d"));
    }

    @Test
    void nothingIsLikelyNextOnceAStepHasFailed() {
        Plans plans = diamond();
        RunState state = done("a").failed("b").running("c").state(plans);

        assertThat(NextActions.likelyNext(new StepGraph(plans.plan()), state)).isEmpty();
    }

    private RunState state(Plans plans) {
        return RunState.of(plans.plan()).after(events);
    }
}
