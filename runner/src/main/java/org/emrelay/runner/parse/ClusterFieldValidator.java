package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.emrelay.runner.model.EmrEnum;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Validates single values of the cluster file.
 * Reports an invalid value and returns a valid replacement, so that parsing continues.
 */
final class ClusterFieldValidator {
    private static final Pattern FORBIDDEN_IN_NAMES = Pattern.compile("[<>$|`\\p{Cntrl}]");

    private final Problems problems;

    ClusterFieldValidator(Problems problems) {
        this.problems = problems;
    }

    /** Returns the value if it is within the range, otherwise the fallback. */
    int inRange(@Nullable Integer value, int minimum, int maximum, int fallback, String path) {
        if (value == null) {
            return fallback;
        }
        if (value < minimum || value > maximum) {
            problems.error(path, "must be between " + minimum + " and " + maximum + ", not " + value + ".");
            return fallback;
        }
        return value;
    }

    @Nullable
    Integer optionalInRange(@Nullable Integer value, int minimum, int maximum, String path) {
        return value == null ? null : inRange(value, minimum, maximum, minimum, path);
    }

    /** Returns the constant that EMR spells like the value, or null. */
    <E extends Enum<E> & EmrEnum> @Nullable E enumValue(@Nullable String value, Class<E> type, String path) {
        if (value == null) {
            return null;
        }
        E[] choices = type.getEnumConstants();
        for (E choice : choices) {
            if (choice.emrName().equals(value)) {
                return choice;
            }
        }
        reportUnknownValue(value, Arrays.stream(choices).map(EmrEnum::emrName).toList(), path);
        return null;
    }

    @Nullable
    String oneOf(@Nullable String value, List<String> choices, String path) {
        if (value != null && !choices.contains(value)) {
            reportUnknownValue(value, choices, path);
            return null;
        }
        return value;
    }

    private void reportUnknownValue(String value, List<String> choices, String path) {
        String expected = choices.size() == 1 ? choices.get(0) : "one of " + String.join(", ", choices);
        problems.error(
                path,
                "must be " + expected + ", not '" + RecordBinder.abbreviate(value) + "'.",
                Suggestion.didYouMean(value, choices));
    }

    /**
     * @param description completes the message "'…' is not …", usually with an example
     */
    @Nullable
    String matching(@Nullable String value, Pattern pattern, String description, String path) {
        if (value != null && !pattern.matcher(value).matches()) {
            problems.error(path, "'" + RecordBinder.abbreviate(value) + "' is not " + description + ".");
            return null;
        }
        return value;
    }

    /** Returns the valid values without duplicates. */
    List<String> allMatching(List<String> values, Pattern pattern, String description, String path) {
        List<String> valid = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (valid.contains(value)) {
                problems.error(path + "[" + i + "]", "'" + RecordBinder.abbreviate(value) + "' is listed twice.");
            } else if (matching(value, pattern, description, path + "[" + i + "]") != null) {
                valid.add(value);
            }
        }
        return valid;
    }

    /** EMR rejects certain characters in the names of clusters, steps and fleets. */
    void checkName(@Nullable String name, String path) {
        if (name == null) {
            return;
        }
        if (name.isBlank()) {
            problems.error(path, "the name is empty.");
        } else if (name.length() > 256) {
            problems.error(path, "the name has " + name.length() + " characters; EMR allows at most 256.");
        } else if (FORBIDDEN_IN_NAMES.matcher(name).find()) {
            problems.error(
                    path,
                    "'" + RecordBinder.abbreviate(name)
                            + "' contains a character that EMR rejects in names: < > $ | ` or a control character.");
        }
    }

    Problems problems() {
        return problems;
    }
}
