package org.emrelay.runner.model;

import java.util.Objects;

/** Where an input comes from: an earlier step or a file. */
public sealed interface Source permits Source.FromStep, FileRef {
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
    }
}
