package org.emrelay.runner.parse;

import org.emrelay.runner.parse.StepsFile.OriginalStepEntry;
import org.emrelay.runner.parse.StepsFile.StepEntry;
import org.jspecify.annotations.Nullable;

/**
 * A step in the form in which it was written: one of both, or neither when it is no step at all.
 *
 * @param path where it stands in the file
 */
record RawStep(
        String path, @Nullable StepEntry today, @Nullable OriginalStepEntry original) {

    String name() {
        String name = today != null ? today.name() : original != null ? original.name() : null;
        return name == null ? "" : name;
    }
}
