package org.emrelay.runner.parse;

import org.emrelay.runner.parse.StepsFile.LegacyStepEntry;
import org.emrelay.runner.parse.StepsFile.StepEntry;
import org.jspecify.annotations.Nullable;

/**
 * A step bound to the record of its form; both are null if it is not an object.
 *
 * @param path its JSON path
 */
record RawStep(
        String path, @Nullable StepEntry current, @Nullable LegacyStepEntry legacy) {

    String name() {
        String name = current != null ? current.name() : legacy != null ? legacy.name() : null;
        return name == null ? "" : name;
    }
}
