package org.emrelay.runner.plan;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * The execution plan of a pipeline: its steps with their commands, in topological order.
 *
 * @param pipeline the name of the pipeline
 * @param parameters the values that differ from the file's, for people: without secrets
 * @param steps each after all its dependencies
 * @param fileOrder the step names in the order of the file, for reports
 * @param backfill null if the pipeline runs once
 */
public record ExecutionPlan(
        String pipeline,
        Map<String, String> parameters,
        List<PlannedStep> steps,
        List<StepName> fileOrder,
        @Nullable Backfill backfill) {
    public ExecutionPlan {
        Objects.requireNonNull(pipeline, "pipeline");
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        steps = List.copyOf(steps);
        fileOrder = List.copyOf(fileOrder);
    }

    public ExecutionPlan(
            String pipeline, Map<String, String> parameters, List<PlannedStep> steps, List<StepName> fileOrder) {
        this(pipeline, parameters, steps, fileOrder, null);
    }

    /** The plan of a run that exists: its id replaces the reference to it in output URIs. */
    public ExecutionPlan forRun(RunId run) {
        return new ExecutionPlan(
                pipeline,
                parameters,
                steps.stream().map(step -> step.forRun(run)).toList(),
                fileOrder,
                backfill);
    }

    /** The same with the steps completed, in the same order. */
    public ExecutionPlan withSteps(List<PlannedStep> completed) {
        return new ExecutionPlan(pipeline, parameters, completed, fileOrder, backfill);
    }

    public Optional<PlannedStep> find(StepName name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    /** The steps that a user means by a name: the step itself, or all instances of its loop, in the order of the file. */
    public List<StepName> named(StepName name) {
        return fileOrder.stream().filter(step -> step.belongsTo(name)).toList();
    }

    /** Says that no step has the name, and which names the steps have in the file. */
    public String unknown(StepName name) {
        List<String> known = fileOrder.stream().map(StepName::base).distinct().toList();
        String suggestion = Suggestion.didYouMean(
                name.value(),
                Stream.concat(known.stream(), fileOrder.stream().map(StepName::value))
                        .distinct()
                        .toList());
        return "Known steps: " + String.join(", ", known) + "." + (suggestion.isEmpty() ? "" : " " + suggestion);
    }

    public Map<StepName, PlannedStep> byName() {
        Map<StepName, PlannedStep> byName = new LinkedHashMap<>();
        steps.forEach(step -> byName.put(step.name(), step));
        return Collections.unmodifiableMap(byName);
    }

    /** Whether each step that runs depends on the one before it, so that the steps run strictly one after another. */
    public boolean isChain() {
        List<PlannedStep> running = steps.stream().filter(PlannedStep::runs).toList();
        for (int i = 1; i < running.size(); i++) {
            if (!running.get(i).dependencies().contains(running.get(i - 1).name())) {
                return false;
            }
        }
        return true;
    }

    /**
     * The steps whose output is a result of the run, in the order of the file: no other step reads it, or it is declared a result.
     *
     * @param included false for a step that is left out of the run; it has no output and reads none
     */
    public List<StepName> finalSteps(Predicate<StepName> included) {
        Set<StepName> inputs = new HashSet<>();
        Set<StepName> results = new HashSet<>();
        for (PlannedStep step : steps) {
            if (included.test(step.name())) {
                inputs.addAll(step.inputSteps());
            }
            if (step.output().isResult()) {
                results.add(step.name());
            }
        }
        return fileOrder.stream()
                .filter(name -> included.test(name) && (!inputs.contains(name) || results.contains(name)))
                .toList();
    }
}
