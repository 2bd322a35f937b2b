package org.emrelay.runner.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.SubmissionMode;

/**
 * What nobody sees to while a run goes on without a runner. All steps are in the plan's order.
 *
 * @param goingOn in the platform's hands, running or next in turn
 * @param notHandedOver none of them starts before somebody goes on with the run
 * @param notRetried of those that go on: they are not tried again when they fail
 * @param notTimedOut of those that go on: they are not stopped after this time
 * @param withoutPolicy of those that go on: when they fail, others do not stop, or do not go on, as their {@code on_failure} says
 */
public record DetachedRisks(
        List<StepName> goingOn,
        List<StepName> notHandedOver,
        List<StepName> notRetried,
        Map<StepName, Duration> notTimedOut,
        List<StepName> withoutPolicy) {

    /** Of a run that somebody watches, or that has ended. */
    public static final DetachedRisks NOTHING = new DetachedRisks(List.of(), List.of(), List.of(), Map.of(), List.of());

    public DetachedRisks {
        goingOn = List.copyOf(goingOn);
        notHandedOver = List.copyOf(notHandedOver);
        notRetried = List.copyOf(notRetried);
        notTimedOut = Collections.unmodifiableMap(new LinkedHashMap<>(notTimedOut));
        withoutPolicy = List.copyOf(withoutPolicy);
    }

    /** Also of a run whose runner was killed: what its journal tells. */
    public static DetachedRisks of(Run run, RunState state, SubmissionMode manner) {
        StepGraph graph = new StepGraph(run.plan());
        List<StepName> goingOn = new ArrayList<>();
        List<StepName> notHandedOver = new ArrayList<>();
        List<StepName> notRetried = new ArrayList<>();
        Map<StepName, Duration> notTimedOut = new LinkedHashMap<>();
        List<StepName> withoutPolicy = new ArrayList<>();
        for (PlannedStep step : graph.steps()) {
            StepName name = step.name();
            Duration timeout = step.failurePolicy().timeout();
            if (state.phase(name) == StepPhase.WAITING) {
                notHandedOver.add(name);
            } else if (state.phase(name).isActive()) {
                goingOn.add(name);
                if (!state.step(name).isLastTry()) {
                    notRetried.add(name);
                }
                if (timeout != null) {
                    notTimedOut.put(name, timeout);
                }
                if (!isPolicyKept(step, graph, state, manner)) {
                    withoutPolicy.add(name);
                }
            }
        }
        return new DetachedRisks(goingOn, notHandedOver, notRetried, notTimedOut, withoutPolicy);
    }

    /** What the platform was asked to do by itself after a failure: see {@link ExecutionLoop}. */
    private static boolean isPolicyKept(PlannedStep step, StepGraph graph, RunState state, SubmissionMode manner) {
        Set<StepName> below = graph.withAllBelow(Set.of(step.name()));
        boolean leavesOthers = graph.steps().stream()
                .map(PlannedStep::name)
                .dropWhile(other -> manner.inOrder() && !other.equals(step.name()))
                .anyMatch(other -> state.phase(other) == StepPhase.SUBMITTED && !below.contains(other));
        FailurePolicy policy = step.failurePolicy();
        return switch (policy.onFailure()) {
            case TERMINATE_CLUSTER ->
                manner.inOrder() && state.step(step.name()).isLastTry();
            case CANCEL -> manner.inOrder() || !leavesOthers;
            case CONTINUE -> !manner.inOrder() || !leavesOthers || below.size() == 1;
        };
    }
}
