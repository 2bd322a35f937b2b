package org.emrelay.runner.parse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Sha256;

/**
 * The place of a step in the loop that it is an instance of.
 *
 * @param stepPath the JSON path of the step in the file
 * @param values the value of each loop key; empty for a step without a loop
 */
record LoopInstance(String stepPath, Map<String, String> values) {
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_.-]");
    private static final int MAX_NAME_CHARACTERS = 32;
    private static final int HASH_DIGITS = 6;

    LoopInstance {
        Objects.requireNonNull(stepPath, "stepPath");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether both have the same values for the keys that both have. */
    boolean matches(LoopInstance other) {
        return values.entrySet().stream()
                .allMatch(value -> other.values
                        .getOrDefault(value.getKey(), value.getValue())
                        .equals(value.getValue()));
    }

    /** What the instance adds to the name and to the path of its step: {@code [region=at]}; empty without a loop. */
    String suffix() {
        return values.isEmpty()
                ? ""
                : values.entrySet().stream()
                        .map(value -> value.getKey() + "=" + nameOf(value.getValue()))
                        .collect(Collectors.joining(",", "[", "]"));
    }

    /** A value as part of a step's name. A hash distinguishes values that differ only in characters that names cannot have. */
    static String nameOf(String text) {
        String name = NOT_IN_NAMES.matcher(text).replaceAll("_");
        if (name.equals(text) && text.length() <= MAX_NAME_CHARACTERS) {
            return text;
        }
        String hash = new Sha256().add(text).hex(HASH_DIGITS);
        int kept = Math.min(name.length(), MAX_NAME_CHARACTERS - HASH_DIGITS - 1);
        return name.substring(0, kept) + "-" + hash;
    }
}
