package org.emrelay.runner.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.spec.StepsFile.OriginalArgumentsEntry;
import org.emrelay.runner.spec.StepsFile.OriginalStepEntry;
import org.jspecify.annotations.Nullable;

/** What each step of the original form writes, under the bare name by which the others read it. */
final class OriginalOutputs {
    private final Map<String, WrittenStep> steps = new HashMap<>();

    OriginalOutputs(List<WrittenStep> written) {
        written.forEach(step -> steps.putIfAbsent(step.name(), step));
    }

    boolean isToday(String step) {
        WrittenStep written = steps.get(step);
        return written != null && written.today() != null;
    }

    /** The name, or null when there is no such step or it has none. */
    @Nullable
    String of(String step) {
        WrittenStep written = steps.get(step);
        return written == null || written.original() == null ? null : nameOf(written.original());
    }

    /** The output's name as the original makes it; null when what it is made of is not there. */
    static @Nullable String nameOf(OriginalStepEntry step) {
        OriginalArgumentsEntry arguments = step.scriptArgs();
        if (arguments == null) {
            return null;
        } else if (!OriginalArguments.isSet(arguments.autoGenerateOutput())) {
            return OriginalArguments.isNone(arguments.outputUri()) ? null : arguments.outputUri();
        }
        String ending = OriginalArguments.isNone(arguments.formatOutput()) ? "" : arguments.formatOutput();
        String number = OriginalArguments.text(step.guiid());
        return step.name() == null || number.isEmpty() ? null : "output_" + step.name() + "_" + number + ending;
    }
}
