package org.emrelay.runner.parse.imported;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the steps and the cluster of a state machine in the Amazon States Language. */
final class StateMachineReader {
    private final ImportNotices notices;
    private final EmrStepReader stepReader;
    private final OrderedSteps steps = new OrderedSteps();
    private JsonTree cluster = JsonTree.NONE;
    private StateParameters stateParameters = new StateParameters(JsonTree.NONE);

    StateMachineReader(ImportNotices notices, EmrStepReader stepReader) {
        this.notices = Objects.requireNonNull(notices, "notices");
        this.stepReader = Objects.requireNonNull(stepReader, "stepReader");
    }

    void read(JsonTree machine) {
        if (machine.has("TimeoutSeconds")) {
            notices.lost("TimeoutSeconds", "a run has no limit of its own; its steps have.");
        }
        stateParameters = new StateParameters(machine);
        walk(machine, new BitSet());
    }

    OrderedSteps steps() {
        return steps;
    }

    /** The request that creates the cluster; empty without one. */
    JsonTree cluster() {
        return cluster;
    }

    /** Reads the states of a state machine or branch; returns the steps after which it may end. */
    private BitSet walk(JsonTree machine, BitSet before) {
        StateGraph graph = new StateGraph(machine);
        StateErrors errors = new StateErrors(graph);
        Map<String, BitSet> after = new HashMap<>();
        BitSet last = new BitSet();
        for (String name : graph.order()) {
            BitSet previous = new BitSet();
            graph.predecessors(name).forEach(predecessor -> previous.or(after.getOrDefault(predecessor, new BitSet())));
            if (after.isEmpty()) {
                previous.or(before);
            }
            BitSet result = state(name, graph.state(name), errors, previous);
            after.put(name, result);
            if (graph.successors(name).isEmpty()) {
                last.or(result);
            }
        }
        reportOthers(graph);
        return last;
    }

    private void reportOthers(StateGraph graph) {
        for (String name : graph.others()) {
            JsonTree state = graph.state(name);
            if (state.has("Resource") && !EmrTask.of(state).terminatesCluster()) {
                notices.lost(name, "a task that runs only after a failure.");
            }
        }
    }

    private BitSet state(String name, JsonTree state, StateErrors errors, BitSet previous) {
        switch (state.get("Type").text().orElse("")) {
            case "Task" -> {
                return task(name, state, errors, previous);
            }
            case "Parallel" -> {
                return parallel(name, state, errors, previous);
            }
            case "Map" ->
                notices.lost(name, "a Map state: its steps run once for each item. Write them with for_each.");
            case "Wait" -> notices.lost(name, "a Wait state.");
            case "Choice" -> choice(name, state);
            default -> {
                // Pass, Succeed and Fail run no step.
            }
        }
        return previous;
    }

    /** Emrelay skips steps whose inputs are missing; any other condition is lost. */
    private void choice(String name, JsonTree state) {
        if (!state.get("Choices").elements().stream().allMatch(StateMachineReader::isAboutFailures)) {
            notices.lost(name, "the condition of a Choice state: the steps after it run in any case.");
        }
    }

    private static boolean isAboutFailures(JsonTree rule) {
        List<JsonTree> rules = rule.has("Or") ? rule.get("Or").elements() : List.of(rule);
        return rules.stream()
                .allMatch(each -> each.get("IsPresent").isTrue()
                        && each.get("Variable").text().orElse("").startsWith("$.failures."));
    }

    private BitSet parallel(String name, JsonTree state, StateErrors errors, BitSet previous) {
        int first = steps.size();
        BitSet result = new BitSet();
        for (JsonTree branch : state.get("Branches").elements()) {
            result.or(walk(branch, previous));
        }
        int retries = StateErrors.retries(state);
        if (steps.size() == first + 1) {
            EmrStepDefinition step = steps.get(first);
            steps.replace(
                    first,
                    step.withRetries(Math.max(step.retries(), retries))
                            .withOnFailure(step.mayFail() ? step.onFailure() : errors.onFailure(name)));
        } else if (retries > 0) {
            notices.lost(name, "the Retry of a Parallel state. Set retries on its steps.");
        }
        return result.isEmpty() ? previous : result;
    }

    private BitSet task(String name, JsonTree state, StateErrors errors, BitSet previous) {
        EmrTask task = EmrTask.of(state);
        JsonTree parameters = stateParameters.evaluated(state.first("Parameters", "Arguments"));
        if (task.createsCluster()) {
            create(name, parameters);
            return add(parameters.get("Steps").elements(), name, state, errors, previous);
        } else if (task.addsSteps()) {
            if (parameters.has("ExecutionRoleArn")) {
                notices.lost(name, "ExecutionRoleArn: all steps run with the role of the nodes.");
            }
            List<JsonTree> written =
                    parameters.has("Steps") ? parameters.get("Steps").elements() : List.of(parameters.get("Step"));
            return add(written, name, state, errors, previous);
        } else if (task.operation().isEmpty()) {
            String resource = state.get("Resource").text().orElse("unnamed");
            notices.lost(name, "a task of another service, " + ImportNotices.shortened(resource) + ".");
        } else if (!task.terminatesCluster()) {
            notices.lost(name, task.operation() + " of EMR.");
        }
        return previous;
    }

    private void create(String name, JsonTree parameters) {
        if (cluster.isEmpty()) {
            cluster = parameters;
        } else {
            notices.lost(name, "a second cluster: all steps run on the first one.");
        }
    }

    private BitSet add(List<JsonTree> written, String name, JsonTree state, StateErrors errors, BitSet before) {
        BitSet previous = before;
        for (JsonTree step : written) {
            EmrStepDefinition read = stepReader.read(step, name).orElse(null);
            if (read != null) {
                if (StateErrors.hasUnknownTimeout(state)) {
                    notices.lost(name, "its time limit is not a number. Set timeout.");
                }
                steps.add(
                        new EmrStepDefinition(
                                read.name(),
                                state.get("Comment").text().orElse(""),
                                read.command(),
                                EmrTask.of(state).waitsForStep()
                                        ? onFailure(read, errors.onFailure(name))
                                        : read.onFailure(),
                                StateErrors.retries(state),
                                StateErrors.timeoutSeconds(state)),
                        previous);
                previous = new BitSet();
                previous.set(steps.size() - 1);
            }
        }
        return previous;
    }

    /** A state that waits for its step fails with it, whatever EMR does: CONTINUE only keeps the cluster. */
    private static String onFailure(EmrStepDefinition step, String ofState) {
        return !ofState.isEmpty() || step.mayFail() ? ofState : step.onFailure();
    }
}
