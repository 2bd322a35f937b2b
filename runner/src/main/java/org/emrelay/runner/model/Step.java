package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * One step of a pipeline as its file describes it.
 *
 * @param after steps that it follows without reading what they wrote
 * @param notRun why this step is left out of every run (disabled, or not needed); empty when it runs
 */
public record Step(
        StepName name,
        String description,
        Program program,
        List<Input> inputs,
        Output output,
        Arguments arguments,
        Set<StepName> after,
        SparkSettings settings,
        FailurePolicy failurePolicy,
        String notRun) {
    public Step {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(program, "program");
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(arguments, "arguments");
        after = Set.copyOf(after);
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(failurePolicy, "failurePolicy");
        Objects.requireNonNull(notRun, "notRun");
    }

    public boolean runs() {
        return notRun.isEmpty();
    }

    /** Every step that must have ended well before this one may start. */
    public Set<StepName> dependencies() {
        Set<StepName> dependencies = new TreeSet<>(after);
        for (Input input : inputs) {
            if (input.source() instanceof Source.FromStep fromStep) {
                dependencies.add(fromStep.step());
            }
        }
        return dependencies;
    }
}
