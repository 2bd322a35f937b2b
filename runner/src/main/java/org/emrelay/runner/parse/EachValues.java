package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.nameList;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/** The values of <code>${each.key}</code> in the instances of loops. */
final class EachValues {
    static final String PREFIX = "each.";

    private final Map<String, Map<String, JsonValue>> valuesByPath = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Problems problems;

    EachValues(Problems problems) {
        this.problems = problems;
    }

    /** @param path the JSON path of the instance */
    void add(String path, Map<String, JsonValue> values) {
        valuesByPath.put(path, values);
    }

    /** The value of the reference at this location, or null after a problem. */
    @Nullable
    JsonValue value(String reference, LocatedValue located) {
        String key = reference.substring(PREFIX.length());
        Matcher matcher = Problems.INSTANCE.matcher(located.path());
        Map<String, JsonValue> values = matcher.lookingAt() ? valuesByPath.get(matcher.group()) : null;
        if (values == null || !located.parameterChain().isEmpty()) {
            problems.error(
                    located.reportPath(),
                    "${" + Problems.abbreviate(reference) + "} is only allowed in a step with '" + LoopParser.KEY
                            + "'.");
            return null;
        }
        JsonValue value = values.get(key);
        if (value == null) {
            problems.error(
                    located.reportPath(),
                    "the loop has no key " + quoted(key) + ". Known keys: " + nameList(values.keySet()) + ".",
                    Suggestion.didYouMean(key, values.keySet()));
            return null;
        }
        used.add(matcher.group(1) + " " + key);
        return value;
    }

    /** Whether any instance of the step refers to the key. */
    boolean isUsed(String stepPath, String key) {
        return used.contains(stepPath + " " + key);
    }

    static String text(JsonValue scalar) {
        if (scalar instanceof JsonString string) {
            return string.text();
        }
        return scalar instanceof JsonNumber number
                ? number.text()
                : String.valueOf(((JsonBoolean) Objects.requireNonNull(scalar)).value());
    }
}
