package org.emrelay.runner.parse.imported;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a state machine does when a state fails: Retry, Catch and TimeoutSeconds. */
final class StateErrors {
    /** The errors of a failed step. */
    private static final Set<String> FAILURES = Set.of("States.TaskFailed", "States.ALL");

    private static final int DEFAULT_ATTEMPTS = 3;
    private static final int MAX_RETRIES = 100;

    /** The default of Step Functions. */
    private static final long NO_TIMEOUT = 99_999_999;

    private final StateGraph graph;
    private final Map<String, Boolean> continuing = new HashMap<>();

    StateErrors(StateGraph graph) {
        this.graph = Objects.requireNonNull(graph, "graph");
    }

    /** The failure of a state fails the execution, unless the state after a catcher adds further steps. */
    String onFailure(String name) {
        JsonTree state = graph.state(name);
        Optional<String> next = state.get("Next").text();
        for (JsonTree catcher : state.get("Catch").elements()) {
            Optional<String> target = catcher.get("Next").text();
            if (target.isPresent() && (target.equals(next) || addsSteps(target.get()))) {
                return EmrStepDefinition.CONTINUE;
            }
        }
        return "";
    }

    private boolean addsSteps(String target) {
        return continuing.computeIfAbsent(
                target,
                key -> graph.reaches(
                        key,
                        each -> graph.isEntered(each)
                                && EmrTask.of(graph.state(each)).addsSteps()));
    }

    /** The attempts after a failed step. Emrelay repeats requests that EMR throttles by itself. */
    static int retries(JsonTree state) {
        for (JsonTree retrier : state.get("Retry").elements()) {
            boolean isOfFailures = retrier.get("ErrorEquals").elements().stream()
                    .anyMatch(error -> FAILURES.contains(error.text().orElse("")));
            if (isOfFailures) {
                long attempts = retrier.get("MaxAttempts").integer().orElse((long) DEFAULT_ATTEMPTS);
                return (int) Math.max(0, Math.min(MAX_RETRIES, attempts));
            }
        }
        return 0;
    }

    /** The time limit; 0 for none. */
    static long timeoutSeconds(JsonTree state) {
        long seconds = state.get("TimeoutSeconds").integer().orElse(0L);
        return seconds <= 0 || seconds >= NO_TIMEOUT ? 0 : seconds;
    }

    static boolean hasUnknownTimeout(JsonTree state) {
        return state.has("TimeoutSecondsPath")
                || (state.has("TimeoutSeconds")
                        && state.get("TimeoutSeconds").integer().isEmpty());
    }
}
