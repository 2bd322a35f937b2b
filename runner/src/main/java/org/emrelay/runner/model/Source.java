package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;

/** Where an input comes from: earlier steps or a file. */
public sealed interface Source permits Source.FromStep, Source.FromInstances, FileRef {

    /** The step outputs that it reads. */
    default List<FromStep> stepOutputs() {
        return List.of();
    }

    /**
     * The output of an earlier step.
     *
     * @param path relative path inside that output; empty for all of it
     */
    record FromStep(StepName step, String path) implements Source {
        public FromStep {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(path, "path");
        }

        @Override
        public List<FromStep> stepOutputs() {
            return List.of(this);
        }
    }

    /** The outputs of several instances of a step with a loop. */
    record FromInstances(List<FromStep> stepOutputs) implements Source {
        public FromInstances {
            stepOutputs = List.copyOf(stepOutputs);
        }
    }
}
