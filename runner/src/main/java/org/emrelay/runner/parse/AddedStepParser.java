package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;

/** Parses a step of {@code aws emr add-steps}: JSON, or the shorthand syntax of the AWS CLI. */
final class AddedStepParser {
    private static final Pattern KEY = Pattern.compile("[A-Za-z]\\w*=");

    private final String text;
    private int position;

    private AddedStepParser(String text) {
        this.text = text;
    }

    /**
     * The values of a step, by their keys in lower case. A single value is a list of one.
     *
     * @throws IllegalArgumentException with a sentence, if the text is not one step
     */
    static Map<String, List<String>> parse(String text) {
        String step = text.strip();
        if (step.startsWith("file:")) {
            throw new IllegalArgumentException("The steps are in a file. Pass its content: --steps \"$(cat "
                    + step.replaceFirst("^file:(//)?", "") + ")\"");
        }
        return step.startsWith("[") || step.startsWith("{") ? json(step) : new AddedStepParser(step).shorthand();
    }

    private static Map<String, List<String>> json(String text) {
        JsonValue value;
        try {
            value = JsonReader.read(text);
        } catch (MalformedJsonException malformed) {
            throw new IllegalArgumentException("The JSON after --steps is not valid: " + malformed.getMessage() + ".");
        }
        List<JsonValue> steps = value instanceof JsonArray array ? array.values() : List.of(value);
        if (steps.size() > 1) {
            throw severalSteps();
        } else if (steps.isEmpty() || !(steps.get(0) instanceof JsonObject)) {
            throw new IllegalArgumentException("The JSON after --steps has no step.");
        }
        Map<String, List<String>> keys = new LinkedHashMap<>();
        ((JsonObject) steps.get(0))
                .members()
                .forEach(member -> keys.put(
                        member.key().toLowerCase(Locale.ROOT),
                        (member.value() instanceof JsonArray array ? array.values() : List.of(member.value()))
                                .stream()
                                        .filter(JsonString.class::isInstance)
                                        .map(word -> ((JsonString) word).text())
                                        .toList()));
        return keys;
    }

    static IllegalArgumentException severalSteps() {
        return new IllegalArgumentException("aws emr add-steps adds several steps. Convert them one by one.");
    }

    private Map<String, List<String>> shorthand() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        do {
            if (!startsKey()) {
                throw malformed();
            }
            int end = text.indexOf('=', position);
            String key = text.substring(position, end).toLowerCase(Locale.ROOT);
            position = end + 1;
            keys.put(key, skip('[') ? bracketed() : values());
        } while (skip(','));
        if (position < text.length()) {
            throw malformed();
        }
        return keys;
    }

    private List<String> bracketed() {
        List<String> values = new ArrayList<>();
        do {
            values.add(value(",]"));
        } while (skip(','));
        if (!skip(']')) {
            throw malformed();
        }
        return values;
    }

    /** A list without brackets ends at the next key. */
    private List<String> values() {
        List<String> values = new ArrayList<>();
        values.add(value(","));
        while (position < text.length()) {
            position++;
            if (startsKey()) {
                position--;
                break;
            }
            values.add(value(","));
        }
        return values;
    }

    /** A value, in quotes if it has separators. */
    private String value(String separators) {
        StringBuilder value = new StringBuilder();
        char first = position < text.length() ? text.charAt(position) : ',';
        boolean isQuoted = first == '"' || first == '\'';
        String ends = isQuoted ? String.valueOf(first) : separators;
        String escaped = isQuoted ? first + "\\" : ",";
        position += isQuoted ? 1 : 0;
        while (position < text.length() && ends.indexOf(text.charAt(position)) < 0) {
            boolean isEscape = text.charAt(position) == '\\'
                    && position + 1 < text.length()
                    && escaped.indexOf(text.charAt(position + 1)) >= 0;
            position += isEscape ? 1 : 0;
            value.append(text.charAt(position));
            position++;
        }
        boolean isClosed = !isQuoted || skip(first);
        if (!isClosed || (position < text.length() && separators.indexOf(text.charAt(position)) < 0)) {
            throw malformed();
        }
        return value.toString();
    }

    private boolean startsKey() {
        return KEY.matcher(text).region(position, text.length()).lookingAt();
    }

    private boolean skip(char expected) {
        boolean isThere = position < text.length() && text.charAt(position) == expected;
        position += isThere ? 1 : 0;
        return isThere;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("The step after --steps is neither JSON nor in the shorthand"
                + " Type=Spark,Name=…,Args=[…]. Convert its spark-submit command instead.");
    }
}
