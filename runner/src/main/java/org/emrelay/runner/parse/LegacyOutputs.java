package org.emrelay.runner.parse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.parse.StepsFile.OriginalArgumentsEntry;
import org.emrelay.runner.parse.StepsFile.OriginalStepEntry;
import org.jspecify.annotations.Nullable;

/** What each step of the original form writes, under the bare name by which the others read it. */
final class LegacyOutputs {
    private final Map<String, RawStep> steps = new HashMap<>();

    LegacyOutputs(List<RawStep> written) {
        written.forEach(step -> steps.putIfAbsent(step.name(), step));
    }

    boolean isToday(String step) {
        RawStep written = steps.get(step);
        return written != null && written.today() != null;
    }

    /** The name, or null when there is no such step or it has none. */
    @Nullable
    String of(String step) {
        RawStep written = steps.get(step);
        return written == null || written.original() == null ? null : nameOf(written.original());
    }

    /** The output's name as the original makes it; null when what it is made of is not there. */
    static @Nullable String nameOf(OriginalStepEntry step) {
        OriginalArgumentsEntry arguments = step.scriptArgs();
        if (arguments == null) {
            return null;
        } else if (!LegacyArguments.isSet(arguments.autoGenerateOutput())) {
            return LegacyArguments.isNone(arguments.outputUri()) ? null : arguments.outputUri();
        }
        String ending = LegacyArguments.isNone(arguments.formatOutput()) ? "" : arguments.formatOutput();
        String number = LegacyArguments.text(step.guiid());
        return step.name() == null || number.isEmpty() ? null : "output_" + step.name() + "_" + number + ending;
    }
}
