package org.emrelay.runner.parse;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emrelay.runner.model.StepName;

/** Checks the steps of a file against each other. */
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
        Map<String, ParsedStep> byLowerCaseName = new HashMap<>();
        for (ParsedStep step : steps) {
            if (step.name().isEmpty() && problems.isInvalid(step.namePath())) {
                continue;
            }
            if (!StepName.isValid(step.name())) {
                problems.error(
                        step.namePath(),
                        "'" + RecordBinder.abbreviate(step.name()) + "' is not a valid step name.",
                        "Use at most 64 letters, digits, '_', '-' and '.', starting with a letter or digit.");
                continue;
            }
            ParsedStep other = byLowerCaseName.putIfAbsent(step.name().toLowerCase(Locale.ROOT), step);
            if (other != null) {
                reportDuplicateName(step, other);
            }
        }
    }

    private void reportDuplicateName(ParsedStep step, ParsedStep other) {
        if (other.name().equals(step.name())) {
            problems.error(
                    step.namePath(),
                    "duplicate step name '" + step.name() + "', already used by " + other.path() + ".",
                    "Rename one of them.");
        } else {
            problems.error(
                    step.namePath(),
                    "'" + step.name() + "' differs only in case from '" + other.name() + "', the name of "
                            + other.path() + ".",
                    "Rename one of them: some file systems are case-insensitive.");
        }
    }
}
