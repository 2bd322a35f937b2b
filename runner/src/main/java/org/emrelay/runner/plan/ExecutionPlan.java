package org.emrelay.runner.plan;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.emrelay.runner.model.StepName;

/**
 * A pipeline made ready: every step with its command, in an order in which they can run.
 *
 * @param pipeline the pipeline's name
 * @param steps each after all that it depends on
 * @param fileOrder the steps' names as the file lists them, for reports
 */
public record ExecutionPlan(String pipeline, List<PlannedStep> steps, List<StepName> fileOrder) {
    public ExecutionPlan {
        Objects.requireNonNull(pipeline, "pipeline");
        steps = List.copyOf(steps);
        fileOrder = List.copyOf(fileOrder);
    }

    public Optional<PlannedStep> find(StepName name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    public Map<StepName, PlannedStep> byName() {
        Map<StepName, PlannedStep> byName = new LinkedHashMap<>();
        steps.forEach(step -> byName.put(step.name(), step));
        return Collections.unmodifiableMap(byName);
    }

    /** Whether of the steps that run each needs the one before it: then they run one after another, and none without the one before. */
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
     * The steps whose output no other step is given, or that say theirs is a result, in the file's order: what a run is made for.
     *
     * @param takesPart tells of steps that were left out, which then neither have an output nor read one
     */
    public List<StepName> finalSteps(Predicate<StepName> takesPart) {
        Set<StepName> read = new HashSet<>();
        Set<StepName> results = new HashSet<>();
        for (PlannedStep step : steps) {
            if (takesPart.test(step.name())) {
                read.addAll(step.reads());
            }
            if (step.output().isResult()) {
                results.add(step.name());
            }
        }
        return fileOrder.stream()
                .filter(name -> takesPart.test(name) && (!read.contains(name) || results.contains(name)))
                .toList();
    }
}
