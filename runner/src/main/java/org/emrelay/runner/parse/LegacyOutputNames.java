package org.emrelay.runner.parse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.parse.StepsFile.LegacyArgumentsEntry;
import org.emrelay.runner.parse.StepsFile.LegacyStepEntry;
import org.jspecify.annotations.Nullable;

/** The output names of the legacy steps, by which later steps read them. */
final class LegacyOutputNames {
    private final Map<String, RawStep> steps = new HashMap<>();

    LegacyOutputNames(List<RawStep> rawSteps) {
        rawSteps.forEach(step -> steps.putIfAbsent(step.name(), step));
    }

    boolean isCurrentForm(String step) {
        RawStep rawStep = steps.get(step);
        return rawStep != null && rawStep.current() != null;
    }

    /** Returns the name, or null if the step does not exist or has none. */
    @Nullable
    String find(String step) {
        RawStep rawStep = steps.get(step);
        return rawStep == null || rawStep.legacy() == null ? null : nameOf(rawStep.legacy());
    }

    /** Builds the output name as the original runner does; null if a part is missing. */
    static @Nullable String nameOf(LegacyStepEntry step) {
        LegacyArgumentsEntry arguments = step.scriptArgs();
        if (arguments == null) {
            return null;
        } else if (!LegacyValues.isTrue(arguments.autoGenerateOutput())) {
            return LegacyValues.isNone(arguments.outputUri()) ? null : arguments.outputUri();
        }
        String extension = LegacyValues.isNone(arguments.formatOutput()) ? "" : arguments.formatOutput();
        String number = LegacyValues.toText(step.guiid());
        return step.name() == null || number.isEmpty() ? null : "output_" + step.name() + "_" + number + extension;
    }
}
