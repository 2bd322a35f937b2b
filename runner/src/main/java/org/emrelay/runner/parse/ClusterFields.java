package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.emrelay.runner.model.EmrEnum;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/** The rules that single values of the cluster file obey; a value that breaks one is said and replaced, so that reading goes on. */
final class ClusterFields {
    private static final Pattern FORBIDDEN_IN_NAMES = Pattern.compile("[<>$|`\\p{Cntrl}]");

    private final Problems problems;

    ClusterFields(Problems problems) {
        this.problems = problems;
    }

    /** The value when it lies within the bounds, else the fallback. */
    int within(@Nullable Integer value, int least, int most, int fallback, String path) {
        if (value == null) {
            return fallback;
        }
        if (value < least || value > most) {
            problems.error(path, "must be from " + least + " to " + most + ", not " + value + ".");
            return fallback;
        }
        return value;
    }

    @Nullable
    Integer optionallyWithin(@Nullable Integer value, int least, int most, String path) {
        return value == null ? null : within(value, least, most, least, path);
    }

    /** One of EMR's words, or null. */
    <E extends Enum<E> & EmrEnum> @Nullable E choice(@Nullable String value, Class<E> type, String path) {
        if (value == null) {
            return null;
        }
        E[] choices = type.getEnumConstants();
        for (E choice : choices) {
            if (choice.emrName().equals(value)) {
                return choice;
            }
        }
        unknownWord(value, Arrays.stream(choices).map(EmrEnum::emrName).toList(), path);
        return null;
    }

    @Nullable
    String oneOf(@Nullable String value, List<String> choices, String path) {
        if (value != null && !choices.contains(value)) {
            unknownWord(value, choices, path);
            return null;
        }
        return value;
    }

    private void unknownWord(String value, List<String> choices, String path) {
        String wanted = choices.size() == 1
                ? choices.get(0)
                : String.join(", ", choices.subList(0, choices.size() - 1)) + " or " + choices.get(choices.size() - 1);
        problems.error(
                path,
                "must be " + wanted + ", not '" + RecordBinder.shortened(value) + "'.",
                Suggestion.sentence(value, choices));
    }

    /** @param wanted what a right value is, with an example */
    @Nullable
    String matching(@Nullable String value, Pattern pattern, String wanted, String path) {
        if (value != null && !pattern.matcher(value).matches()) {
            problems.error(path, "'" + RecordBinder.shortened(value) + "' is not " + wanted + ".");
            return null;
        }
        return value;
    }

    /** The values that match, each once. */
    List<String> allMatching(List<String> values, Pattern pattern, String wanted, String path) {
        List<String> right = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (right.contains(value)) {
                problems.error(path + "[" + i + "]", "'" + RecordBinder.shortened(value) + "' stands twice.");
            } else if (matching(value, pattern, wanted, path + "[" + i + "]") != null) {
                right.add(value);
            }
        }
        return right;
    }

    /** EMR refuses certain characters in the names of clusters, steps and fleets. */
    void checkName(@Nullable String name, String path) {
        if (name == null) {
            return;
        }
        if (name.isBlank()) {
            problems.error(path, "the name is empty.");
        } else if (name.length() > 256) {
            problems.error(path, "the name has " + name.length() + " characters; EMR takes at most 256.");
        } else if (FORBIDDEN_IN_NAMES.matcher(name).find()) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(name)
                            + "' holds a character that EMR refuses in names: < > $ | ` or a control character.");
        }
    }

    Problems problems() {
        return problems;
    }
}
