package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * One step of a pipeline.
 *
 * @param after steps that must finish first although this one does not read their output
 * @param skipReason why every run skips this step (disabled or not needed); empty if it runs
 */
public record Step(
        StepName name,
        String description,
        Program program,
        List<Input> inputs,
        Output output,
        Arguments arguments,
        Set<StepName> after,
        SparkSettings<NamedFile> settings,
        FailurePolicy failurePolicy,
        String skipReason) {
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
        Objects.requireNonNull(skipReason, "skipReason");
    }

    public boolean runs() {
        return skipReason.isEmpty();
    }

    /** All steps that must succeed before this one can start. */
    public Set<StepName> dependencies() {
        Set<StepName> dependencies = new TreeSet<>(after);
        for (Input input : inputs) {
            input.source().stepOutputs().forEach(output -> dependencies.add(output.step()));
        }
        return dependencies;
    }
}
