package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Collects the problems of one file, so that all are reported at once.
 * The methods that check a value report an invalid one and return a valid replacement, so that parsing continues.
 */
final class Problems {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$-]*");

    /** The start of the path of one instance of a loop, {@code steps[2][region=at]}; its group is the path of the step. */
    static final Pattern INSTANCE = Pattern.compile("^(steps\\[[0-9]+\\])\\[[^\\]']+\\]");

    private static final int MAX_NAMES = 20;
    private static final Pattern FORBIDDEN_IN_NAMES = Pattern.compile("[<>$|`\\p{Cntrl}]");

    private final String file;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<String> invalidPaths = new HashSet<>();
    private boolean hasErrors;

    Problems(String file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    void error(String path, String message, String hint) {
        add(Problem.error(file, path, message, hint));
    }

    void error(String path, String message) {
        error(path, message, "");
    }

    void syntaxError(String message, Optional<Problem.Excerpt> excerpt) {
        Problem problem = Problem.error(file, "", message, "");
        add(excerpt.map(problem::withExcerpt).orElse(problem));
    }

    void warning(String path, String message, String hint) {
        add(Problem.warning(file, path, message, hint));
    }

    void add(Problem problem) {
        problems.add(problem);
        if (problem.isError()) {
            hasErrors = true;
            invalidPaths.add(problem.path());
        }
    }

    /** Marks a value as invalid after its problem was reported, to avoid consequential problems. */
    void markInvalid(String path) {
        invalidPaths.add(path);
    }

    boolean isInvalid(String path) {
        return invalidPaths.contains(path);
    }

    boolean hasErrors() {
        return hasErrors;
    }

    int count() {
        return problems.size();
    }

    /** The problems in the order of discovery. One that several instances of a loop share is a problem of the step. */
    List<Problem> toList() {
        Map<Problem, Integer> occurrences = new HashMap<>();
        problems.forEach(problem -> occurrences.merge(problem.at(stepPath(problem)), 1, Integer::sum));
        return problems.stream()
                .map(problem -> {
                    Problem ofStep = problem.at(stepPath(problem));
                    return occurrences.getOrDefault(ofStep, 0) > 1 ? ofStep : problem;
                })
                .distinct()
                .toList();
    }

    private static String stepPath(Problem problem) {
        return INSTANCE.matcher(problem.path()).replaceFirst("$1");
    }

    /** Returns the value if it is within the range, otherwise the fallback. */
    int inRange(@Nullable Integer value, int minimum, int maximum, int fallback, String path) {
        if (value == null) {
            return fallback;
        }
        if (value < minimum || value > maximum) {
            error(path, "must be between " + minimum + " and " + maximum + ", not " + value + ".");
            return fallback;
        }
        return value;
    }

    @Nullable
    Integer optionalInRange(@Nullable Integer value, int minimum, int maximum, String path) {
        return value == null ? null : inRange(value, minimum, maximum, minimum, path);
    }

    /** Returns the constant whose text is the value, or null. */
    <E extends Enum<E>> @Nullable E oneOf(@Nullable String value, Class<E> type, String path) {
        List<E> constants = List.of(type.getEnumConstants());
        List<String> names = constants.stream().map(E::toString).toList();
        String valid = oneOf(value, names, path);
        return valid == null ? null : constants.get(names.indexOf(valid));
    }

    @Nullable
    String oneOf(@Nullable String value, List<String> choices, String path) {
        if (value == null || choices.contains(value)) {
            return value;
        }
        String expected = choices.size() == 1 ? choices.get(0) : "one of " + String.join(", ", choices);
        error(path, "must be " + expected + ", not " + quoted(value) + ".", Suggestion.didYouMean(value, choices));
        return null;
    }

    /**
     * @param description completes the message "'…' is not …", usually with an example
     */
    @Nullable
    String matching(@Nullable String value, Pattern pattern, String description, String path) {
        if (value != null && !pattern.matcher(value).matches()) {
            error(path, quoted(value) + " is not " + description + ".");
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
                error(path + "[" + i + "]", quoted(value) + " is listed twice.");
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
            error(path, "the name is empty.");
        } else if (name.length() > 256) {
            error(path, "the name has " + name.length() + " characters; EMR allows at most 256.");
        } else if (FORBIDDEN_IN_NAMES.matcher(name).find()) {
            error(
                    path,
                    quoted(name)
                            + " contains a character that EMR rejects in names: < > $ | ` or a control character.");
        }
    }

    void checkDuplicateKeys(JsonObject object, String path) {
        Set<String> seenKeys = new HashSet<>();
        for (Member member : object.members()) {
            if (!seenKeys.add(member.key())) {
                error(
                        childPath(path, member.key()),
                        "duplicate key, repeated on line " + member.line() + ".",
                        "Remove one of them.");
            }
        }
    }

    void wrongType(String path, String type, JsonValue found) {
        error(path, "must be " + type + ", not " + describe(found) + ".");
    }

    private static String describe(JsonValue value) {
        if (value instanceof JsonString string) {
            return "the string " + quoted(string.text());
        } else if (value instanceof JsonNumber number) {
            return "the number " + abbreviate(number.text());
        } else if (value instanceof JsonBoolean bool) {
            return String.valueOf(bool.value());
        }
        return value instanceof JsonNull ? "null" : value.kind();
    }

    static String abbreviate(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    static String quoted(String text) {
        return "'" + abbreviate(text) + "'";
    }

    /** Formats names for a message and truncates long lists. */
    static String nameList(Collection<String> names) {
        String shown = names.stream().limit(MAX_NAMES).map(Problems::abbreviate).collect(Collectors.joining(", "));
        return names.size() <= MAX_NAMES ? shown : shown + " and " + (names.size() - MAX_NAMES) + " more";
    }

    /** The path of a key in the object at this path, such as {@code steps[0].args}. */
    static String childPath(String path, String key) {
        String segment = PLAIN_KEY.matcher(key).matches() ? key : "[" + quoted(key) + "]";
        return path.isEmpty() ? segment : segment.startsWith("[") ? path + segment : path + "." + segment;
    }
}
