package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;

/**
 * A step of an execution plan, ready to run on any platform.
 *
 * @param dependencies the steps that must succeed before it starts
 * @param skipReason why the step never runs; empty when it runs
 */
public record PlannedStep(
        StepName name,
        String description,
        List<PlannedInput> inputs,
        Output output,
        Set<StepName> dependencies,
        SparkSubmit sparkSubmit,
        List<Upload> uploads,
        Fingerprint fingerprint,
        FailurePolicy failurePolicy,
        String skipReason) {

    /**
     * An input and its origin.
     *
     * @param uris several for the instances of a step with a loop
     * @param origin a label for the user: {@code step words}, {@code parameter titles}, {@code local file}, {@code external}
     * @param parameter the parameter that sets the input with {@code -p}; empty for none
     */
    public record PlannedInput(String name, List<Argument> uris, String origin, String parameter) {
        public PlannedInput {
            Objects.requireNonNull(name, "name");
            uris = List.copyOf(uris);
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(parameter, "parameter");
        }
    }

    public PlannedStep {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(output, "output");
        dependencies = Set.copyOf(dependencies);
        Objects.requireNonNull(sparkSubmit, "sparkSubmit");
        uploads = List.copyOf(uploads);
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(failurePolicy, "failurePolicy");
        Objects.requireNonNull(skipReason, "skipReason");
    }

    PlannedStep forRun(RunId run) {
        return new PlannedStep(
                name,
                description,
                inputs,
                output.forRun(run.value()),
                dependencies,
                sparkSubmit,
                uploads,
                fingerprint,
                failurePolicy,
                skipReason);
    }

    /** The same with an archive of the packages that its script needs, in place of an earlier one. */
    public PlannedStep withPythonArchive(Upload archive) {
        List<Upload> others = new ArrayList<>(uploads);
        others.removeIf(upload -> upload.path().equals(sparkSubmit.pythonArchive()));
        others.add(archive);
        return new PlannedStep(
                name,
                description,
                inputs,
                output,
                dependencies,
                sparkSubmit.withPythonArchive(archive.path()),
                others,
                fingerprint,
                failurePolicy,
                skipReason);
    }

    /** The same with Spark properties that do not change its result; those of the same name are replaced. */
    public PlannedStep withConf(Map<String, Argument> added) {
        return new PlannedStep(
                name,
                description,
                inputs,
                output,
                dependencies,
                sparkSubmit.withConf(added),
                uploads,
                fingerprint,
                failurePolicy,
                skipReason);
    }

    public boolean runs() {
        return skipReason.isEmpty();
    }

    /** The steps whose outputs this step reads; a subset of its dependencies. */
    public Set<StepName> inputSteps() {
        Set<StepName> inputSteps = new LinkedHashSet<>();
        Stream.concat(inputs.stream().flatMap(input -> input.uris().stream()), sparkSubmit.command().stream())
                .flatMap(argument -> argument.parts().stream())
                .forEach(part -> {
                    if (part instanceof Argument.StepOutput output
                            && !output.step().equals(name)) {
                        inputSteps.add(output.step());
                    }
                });
        return inputSteps;
    }
}
