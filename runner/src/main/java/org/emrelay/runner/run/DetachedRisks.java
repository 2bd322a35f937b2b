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
 * What is not enforced while a run continues without a runner. Steps are in plan order.
 *
 * @param active submitted to the platform: running or queued
 * @param notSubmitted do not start until a runner continues the run
 * @param unenforcedRetries active steps that are not retried if they fail
 * @param unenforcedTimeouts active steps that are not stopped after their timeout
 * @param unenforcedPolicies active steps whose {@code on_failure} the platform does not apply if they fail
 */
public record DetachedRisks(
        List<StepName> active,
        List<StepName> notSubmitted,
        List<StepName> unenforcedRetries,
        Map<StepName, Duration> unenforcedTimeouts,
        List<StepName> unenforcedPolicies) {

    /** For a run that a runner executes, or that has ended. */
    public static final DetachedRisks NONE = new DetachedRisks(List.of(), List.of(), List.of(), Map.of(), List.of());

    public DetachedRisks {
        active = List.copyOf(active);
        notSubmitted = List.copyOf(notSubmitted);
        unenforcedRetries = List.copyOf(unenforcedRetries);
        unenforcedTimeouts = Collections.unmodifiableMap(new LinkedHashMap<>(unenforcedTimeouts));
        unenforcedPolicies = List.copyOf(unenforcedPolicies);
    }

    /** Derives the risks from the journal. Also works for a run whose runner was killed. */
    public static DetachedRisks of(Run run, RunState state, SubmissionMode mode) {
        StepGraph graph = new StepGraph(run.plan());
        List<StepName> active = new ArrayList<>();
        List<StepName> notSubmitted = new ArrayList<>();
        List<StepName> unenforcedRetries = new ArrayList<>();
        Map<StepName, Duration> unenforcedTimeouts = new LinkedHashMap<>();
        List<StepName> unenforcedPolicies = new ArrayList<>();
        for (PlannedStep step : graph.steps()) {
            StepName name = step.name();
            Duration timeout = step.failurePolicy().timeout();
            if (state.phase(name) == StepPhase.WAITING) {
                notSubmitted.add(name);
            } else if (state.phase(name).isActive()) {
                active.add(name);
                if (!state.step(name).isLastAttempt()) {
                    unenforcedRetries.add(name);
                }
                if (timeout != null) {
                    unenforcedTimeouts.put(name, timeout);
                }
                if (!isPolicyEnforced(step, graph, state, mode)) {
                    unenforcedPolicies.add(name);
                }
            }
        }
        return new DetachedRisks(active, notSubmitted, unenforcedRetries, unenforcedTimeouts, unenforcedPolicies);
    }

    /**
     * Whether the platform applies the step's failure policy without a runner. {@link ExecutionLoop} requested this
     * on submission.
     */
    private static boolean isPolicyEnforced(PlannedStep step, StepGraph graph, RunState state, SubmissionMode mode) {
        Set<StepName> downstream = graph.withDownstream(Set.of(step.name()));
        boolean leavesOthersQueued = graph.steps().stream()
                .map(PlannedStep::name)
                .dropWhile(other -> mode.sequential() && !other.equals(step.name()))
                .anyMatch(other -> state.phase(other) == StepPhase.SUBMITTED && !downstream.contains(other));
        FailurePolicy policy = step.failurePolicy();
        return switch (policy.onFailure()) {
            case TERMINATE_CLUSTER ->
                mode.sequential() && state.step(step.name()).isLastAttempt();
            case CANCEL -> mode.sequential() || !leavesOthersQueued;
            case CONTINUE -> !mode.sequential() || !leavesOthersQueued || downstream.size() == 1;
        };
    }
}
