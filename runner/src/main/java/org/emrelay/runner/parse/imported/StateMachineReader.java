package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the steps and the cluster of a state machine in the Amazon States Language. */
final class StateMachineReader {
    private static final Pattern EMR = Pattern.compile(
            "arn:[^:]*:states:::(?:elasticmapreduce|aws-sdk:emr):([A-Za-z]+)(?:[.:].*)?", Pattern.DOTALL);

    /** The errors of a failed step. */
    private static final Set<String> FAILURES = Set.of("States.TaskFailed", "States.ALL");

    private static final int DEFAULT_ATTEMPTS = 3;
    private static final int MAX_RETRIES = 100;

    /** EMR's and Step Functions' own default. */
    private static final long NO_TIMEOUT = 99_999_999;

    private final ImportNotices notices;
    private final EmrStepReader stepReader;
    private final OrderedSteps steps = new OrderedSteps();
    private JsonTree cluster = JsonTree.NONE;

    StateMachineReader(ImportNotices notices, EmrStepReader stepReader) {
        this.notices = notices;
        this.stepReader = stepReader;
    }

    void read(JsonTree machine) {
        if (machine.has("TimeoutSeconds")) {
            notices.lost("TimeoutSeconds", "a run has no limit of its own; its steps have.");
        }
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
        Map<String, BitSet> after = new HashMap<>();
        BitSet last = new BitSet();
        Map<String, Boolean> continuing = new HashMap<>();
        for (String name : graph.order()) {
            BitSet previous = new BitSet();
            graph.predecessors(name).forEach(predecessor -> previous.or(after.getOrDefault(predecessor, new BitSet())));
            if (after.isEmpty()) {
                previous.or(before);
            }
            BitSet result = state(name, graph, previous, continuing);
            after.put(name, result);
            if (graph.successors(name).isEmpty()) {
                last.or(result);
            }
        }
        for (String name : graph.others()) {
            if (isStep(graph.state(name))) {
                notices.lost(name, "a step that runs only after a failure.");
            }
        }
        return last;
    }

    private BitSet state(String name, StateGraph graph, BitSet previous, Map<String, Boolean> continuing) {
        JsonTree state = graph.state(name);
        switch (state.get("Type").text().orElse("")) {
            case "Task" -> {
                return task(name, graph, previous, continuing);
            }
            case "Parallel" -> {
                return parallel(name, graph, previous, continuing);
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
        boolean isAboutFailures =
                state.get("Choices").elements().stream().allMatch(StateMachineReader::isAboutFailures);
        if (!isAboutFailures) {
            notices.lost(name, "the condition of a Choice state: the steps after it run in any case.");
        }
    }

    private static boolean isAboutFailures(JsonTree rule) {
        List<JsonTree> rules = rule.has("Or") ? rule.get("Or").elements() : List.of(rule);
        return rules.stream()
                .allMatch(each -> each.get("IsPresent").isTrue()
                        && each.get("Variable").text().orElse("").startsWith("$.failures."));
    }

    private BitSet parallel(String name, StateGraph graph, BitSet previous, Map<String, Boolean> continuing) {
        JsonTree state = graph.state(name);
        int first = steps.size();
        BitSet result = new BitSet();
        for (JsonTree branch : state.get("Branches").elements()) {
            result.or(walk(branch, previous));
        }
        int retries = retries(state);
        if (steps.size() == first + 1) {
            EmrStepDefinition step = steps.get(first);
            steps.replace(
                    first,
                    step.withRetries(Math.max(step.retries(), retries))
                            .withOnFailure(step.mayFail() ? step.onFailure() : onFailure(name, graph, continuing)));
        } else if (retries > 0) {
            notices.lost(name, "the Retry of a Parallel state. Set retries on its steps.");
        }
        return result.isEmpty() ? previous : result;
    }

    private static boolean isStep(JsonTree state) {
        return List.of("addStep", "addJobFlowSteps").contains(operation(state).orElse(""));
    }

    private static Optional<String> operation(JsonTree state) {
        Matcher resource = EMR.matcher(state.get("Resource").text().orElse(""));
        return resource.matches() ? Optional.of(resource.group(1)) : Optional.empty();
    }

    private BitSet task(String name, StateGraph graph, BitSet previous, Map<String, Boolean> continuing) {
        JsonTree state = graph.state(name);
        JsonTree parameters = evaluated(state.first("Parameters", "Arguments"));
        switch (operation(state).orElse("")) {
            case "createCluster", "runJobFlow" -> {
                create(name, parameters);
                return add(parameters.get("Steps").elements(), name, graph, previous, continuing);
            }
            case "addStep" -> {
                if (parameters.has("ExecutionRoleArn")) {
                    notices.lost(name, "ExecutionRoleArn: all steps run with the role of the nodes.");
                }
                return add(List.of(parameters.get("Step")), name, graph, previous, continuing);
            }
            case "addJobFlowSteps" -> {
                return add(parameters.get("Steps").elements(), name, graph, previous, continuing);
            }
            case "terminateCluster", "terminateJobFlows" -> {
                // Emrelay terminates the cluster itself.
            }
            case "" ->
                notices.lost(
                        name,
                        "a task of another service, "
                                + state.get("Resource").text().orElse("unnamed") + ".");
            default -> notices.lost(name, operation(state).orElseThrow() + " of EMR.");
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

    private BitSet add(
            List<JsonTree> written, String name, StateGraph graph, BitSet before, Map<String, Boolean> continuing) {
        BitSet previous = before;
        for (JsonTree step : written) {
            EmrStepDefinition read = stepReader.read(step, name).orElse(null);
            if (read != null) {
                JsonTree state = graph.state(name);
                steps.add(
                        new EmrStepDefinition(
                                read.name(),
                                state.get("Comment").text().orElse(""),
                                read.command(),
                                onFailure(name, graph, continuing).isEmpty()
                                        ? read.mayFail() ? "" : read.onFailure()
                                        : EmrStepDefinition.CONTINUE,
                                retries(state),
                                timeout(name, state)),
                        previous);
                previous = new BitSet();
                previous.set(steps.size() - 1);
            }
        }
        return previous;
    }

    /** The failure of a state fails the execution, unless the state after a catcher adds further steps. */
    private String onFailure(String name, StateGraph graph, Map<String, Boolean> continuing) {
        JsonTree state = graph.state(name);
        Optional<String> next = state.get("Next").text();
        for (JsonTree catcher : state.get("Catch").elements()) {
            Optional<String> target = catcher.get("Next").text();
            boolean continues = target.isPresent()
                    && (target.equals(next)
                            || continuing.computeIfAbsent(
                                    target.get(),
                                    key -> graph.reachable(key).stream()
                                            .anyMatch(each -> isStep(graph.state(each)) && graph.isEntered(each))));
            if (continues) {
                return EmrStepDefinition.CONTINUE;
            }
        }
        return "";
    }

    /** The attempts after a failed step. Emrelay repeats requests that EMR throttles by itself. */
    private static int retries(JsonTree state) {
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

    private long timeout(String name, JsonTree state) {
        if (state.has("TimeoutSecondsPath")
                || (state.has("TimeoutSeconds")
                        && state.get("TimeoutSeconds").integer().isEmpty())) {
            notices.lost(name, "its time limit is not a number. Set timeout.");
        }
        long seconds = state.get("TimeoutSeconds").integer().orElse(0L);
        return seconds <= 0 || seconds >= NO_TIMEOUT ? 0 : seconds;
    }

    /** Replaces the expressions in a state's parameters by their values. */
    private static JsonTree evaluated(JsonTree parameters) {
        return new JsonTree(evaluated(parameters.value()));
    }

    private static @Nullable Object evaluated(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> evaluated = new LinkedHashMap<>();
            map.forEach((key, member) -> {
                String name = String.valueOf(key);
                boolean isExpression = name.endsWith(".$") && member instanceof String;
                evaluated.put(
                        isExpression ? name.substring(0, name.length() - 2) : name,
                        isExpression
                                ? IntrinsicFunction.evaluate(Objects.requireNonNull((String) member))
                                : evaluated(member));
            });
            return evaluated;
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> evaluated = new ArrayList<>();
            list.forEach(element -> evaluated.add(evaluated(element)));
            return evaluated;
        }
        return value instanceof String text && text.startsWith("{%") && text.endsWith("%}")
                ? DeploymentValues.token(DeploymentValues.visible(text))
                : value;
    }
}
