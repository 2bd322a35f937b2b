package org.emrelay.runner.parse;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emrelay.runner.model.StepName;

/** Looks at all steps of a file together. */
final class StepChecks {
    private final Problems problems;

    StepChecks(Problems problems) {
        this.problems = problems;
    }

    void check(List<ParsedStep> steps) {
        checkNames(steps);
        new DependencyChecks(problems).check(steps);
        new OutputConflictChecks(problems).check(steps);
    }

    private void checkNames(List<ParsedStep> steps) {
        Map<String, ParsedStep> seen = new HashMap<>();
        for (ParsedStep step : steps) {
            if (step.name().isEmpty() && problems.isBroken(step.namePath())) {
                continue;
            }
            if (!StepName.isUsable(step.name())) {
                problems.error(
                        step.namePath(),
                        "'" + RecordBinder.shortened(step.name()) + "' cannot be a step's name.",
                        "Use letters, digits, '_', '-' and '.', the first a letter or digit, at most 64 in all.");
                continue;
            }
            ParsedStep other = seen.putIfAbsent(step.name().toLowerCase(Locale.ROOT), step);
            if (other != null) {
                twice(step, other);
            }
        }
    }

    private void twice(ParsedStep step, ParsedStep other) {
        if (other.name().equals(step.name())) {
            problems.error(
                    step.namePath(),
                    "two steps are named '" + step.name() + "': this one and " + other.path() + ".",
                    "Rename one of the two.");
        } else {
            problems.error(
                    step.namePath(),
                    "'" + step.name() + "' differs only in capitals from '" + other.name() + "', the name of "
                            + other.path() + ".",
                    "Rename one of the two, for some file systems hold them for one.");
        }
    }
}
