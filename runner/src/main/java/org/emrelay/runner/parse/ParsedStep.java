package org.emrelay.runner.parse;

import static java.util.Objects.requireNonNull;
import static org.emrelay.runner.parse.Problems.childPath;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.jspecify.annotations.Nullable;

/**
 * A step with all its valid parts, so that steps can be checked against each other even if some are invalid.
 *
 * @param path its JSON path; that of one instance if the step has a loop
 * @param writtenName as written, without loop values; empty if missing
 * @param inputs the valid ones
 * @param outputPath the JSON path of its output location
 */
record ParsedStep(
        String path,
        LoopInstance instance,
        String writtenName,
        String description,
        boolean enabled,
        @Nullable Program program,
        List<Input> inputs,
        @Nullable Output output,
        String outputPath,
        @Nullable Arguments arguments,
        List<Dependency> dependencies,
        SparkSettings<NamedFile> settings,
        FailurePolicy failurePolicy) {
    /**
     * A reference from one step to another.
     *
     * @param path the JSON path of the reference
     * @param step the referenced name as written; such a step may not exist
     * @param readsOutput false if the step only runs after the other
     */
    record Dependency(String path, String step, boolean readsOutput) {}

    ParsedStep {
        inputs = List.copyOf(inputs);
        dependencies = List.copyOf(dependencies);
    }

    /** The name in the pipeline: for an instance of a loop with its values. */
    String name() {
        return writtenName + instance.suffix();
    }

    /** The step without the values of its loop. */
    ParsedStep asWritten(List<Dependency> otherDependencies) {
        return with(new LoopInstance(instance.stepPath(), Map.of()), inputs, otherDependencies);
    }

    ParsedStep with(List<Input> otherInputs, List<Dependency> otherDependencies) {
        return with(instance, otherInputs, otherDependencies);
    }

    private ParsedStep with(LoopInstance otherInstance, List<Input> otherInputs, List<Dependency> otherDependencies) {
        return new ParsedStep(
                path,
                otherInstance,
                writtenName,
                description,
                enabled,
                program,
                otherInputs,
                output,
                outputPath,
                arguments,
                otherDependencies,
                settings,
                failurePolicy);
    }

    String namePath() {
        return childPath(path, "name");
    }

    /** Converts to the model; the file must have no errors. */
    Step toStep(Set<String> after, String notRun) {
        Set<StepName> names = new TreeSet<>();
        after.forEach(step -> names.add(new StepName(step)));
        return new Step(
                new StepName(name()),
                description,
                requireNonNull(program, "program"),
                inputs,
                requireNonNull(output, "output"),
                requireNonNull(arguments, "arguments"),
                names,
                settings,
                failurePolicy,
                notRun);
    }
}
