package org.emrelay.runner.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.StepName;

/**
 * One step, ready to be run anywhere.
 *
 * @param dependencies the steps that must have ended well before it starts
 * @param notRun why it is left out of every run; empty when it runs
 */
public record PlannedStep(
        StepName name,
        String description,
        List<PlannedInput> inputs,
        Output output,
        Set<StepName> dependencies,
        SparkSubmit submission,
        List<Upload> uploads,
        Fingerprint fingerprint,
        FailurePolicy failurePolicy,
        String notRun) {

    /**
     * One input and where it comes from.
     *
     * @param origin for people: {@code step words}, {@code parameter titles}, {@code this machine} …
     * @param parameter the parameter whose {@code -p} replaces it; empty when none does
     */
    public record PlannedInput(String name, Argument uri, String origin, String parameter) {
        public PlannedInput {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(uri, "uri");
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
        Objects.requireNonNull(submission, "submission");
        uploads = List.copyOf(uploads);
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(failurePolicy, "failurePolicy");
        Objects.requireNonNull(notRun, "notRun");
    }

    public boolean runs() {
        return notRun.isEmpty();
    }

    /** The steps whose outputs this one is given, a part of its dependencies. */
    public Set<StepName> reads() {
        Set<StepName> reads = new LinkedHashSet<>();
        Stream.concat(inputs.stream().map(PlannedInput::uri), submission.command().stream())
                .flatMap(word -> word.pieces().stream())
                .forEach(piece -> {
                    if (piece instanceof Argument.OutputOf output
                            && !output.step().equals(name)) {
                        reads.add(output.step());
                    }
                });
        return reads;
    }
}
