package org.emrelay.runner.model;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A pipeline whose file was read and found right: names are unique, every dependency is a step of it, there is no cycle.
 *
 * @param name names its folder in the workspace
 * @param steps in the file's order
 */
public record Pipeline(String name, List<Step> steps) {
    public Pipeline {
        Objects.requireNonNull(name, "name");
        steps = List.copyOf(steps);
        Set<StepName> names = new HashSet<>();
        for (Step step : steps) {
            if (!names.add(step.name())) {
                throw new IllegalArgumentException("two steps named " + step.name());
            }
        }
        for (Step step : steps) {
            if (!names.containsAll(step.dependencies())) {
                throw new IllegalArgumentException(step.name() + " depends on an unknown step: " + step.dependencies());
            }
        }
    }
}
