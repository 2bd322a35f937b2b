package org.emrelay.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Parses a job's command-line flags and rejects unknown ones.
 *
 * <p>Every job reports the same mistake with the same message.
 *
 * @param known the names of all flags, with their leading dashes
 * @param values the values of each flag, in the order given; an empty string for a flag without a value
 */
public record Flags(List<String> known, Map<String, List<String>> values) {

    public Flags {
        known = List.copyOf(known);
        values = Map.copyOf(values);
    }

    /**
     * Parses {@code --flag value} and {@code --flag=value}. Types are checked by the accessor that the job calls.
     */
    public static Flags parse(List<String> known, String... arguments) {
        Flags none = new Flags(known, Map.of());
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int next = 0; next < arguments.length; next++) {
            String argument = arguments[next];
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            none.requireKnown(name);
            String value = "";
            if (equals >= 0) {
                value = argument.substring(equals + 1);
            } else if (next + 1 < arguments.length && !arguments[next + 1].startsWith("--")) {
                next++;
                value = arguments[next];
            }
            values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
        }
        return new Flags(known, values);
    }

    public String required(String name) {
        return optional(name).orElseThrow(() -> fault(name + " is required."));
    }

    public Optional<String> optional(String name) {
        List<String> given = requireValues(name);
        if (given.size() > 1) {
            throw fault(name + " is specified more than once.");
        }
        return given.stream().findFirst();
    }

    public String textOr(String name, String defaultValue) {
        return optional(name).orElse(Objects.requireNonNull(defaultValue, "defaultValue"));
    }

    /** Returns the values of a flag that may be repeated or comma-separated; empty if absent. */
    public List<String> list(String name) {
        return requireValues(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** Returns the value of a boolean flag; a flag without a value is true. */
    public boolean isSet(String name) {
        requireDeclared(name);
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw fault(name + " is specified more than once.");
        }
        String value = given.isEmpty() ? "false" : given.get(0);
        if (!List.of("", "true", "false").contains(value)) {
            throw fault(name + " must be true or false, not '" + value + "'.");
        }
        return !value.equals("false");
    }

    /** Returns the flag's value, which must be one of {@code choices}. */
    public String choiceOr(String name, String defaultValue, List<String> choices) {
        String chosen = textOr(name, defaultValue);
        if (!choices.contains(chosen)) {
            throw new UserFault(name + " must be one of " + String.join(", ", choices) + ", not '" + chosen + "'."
                    + Suggestion.didYouMean(chosen, choices));
        }
        return chosen;
    }

    public long wholeNumberOr(String name, long defaultValue, long min, long max) {
        Optional<String> given = optional(name);
        if (given.isEmpty()) {
            return defaultValue;
        }
        String message = name + " must be a whole number from " + min + " to " + max + ", not '" + given.get() + "'.";
        try {
            long number = Long.parseLong(given.get());
            if (number < min || number > max) {
                throw fault(message);
            }
            return number;
        } catch (NumberFormatException notANumber) {
            throw fault(message);
        }
    }

    /** Returns the flag's value, which must be within the inclusive bounds. */
    public double numberOr(String name, double defaultValue, double min, double max) {
        Optional<String> given = optional(name);
        if (given.isEmpty()) {
            return defaultValue;
        }
        String message = name + " must be a number from " + min + " to " + max + ", not '" + given.get() + "'.";
        try {
            double number = Double.parseDouble(given.get());
            if (number >= min && number <= max) {
                return number;
            }
            throw fault(message);
        } catch (NumberFormatException notANumber) {
            throw fault(message);
        }
    }

    private List<String> requireValues(String name) {
        requireDeclared(name);
        List<String> given = values.getOrDefault(name, List.of());
        if (given.contains("")) {
            throw fault(name + " requires a value.");
        }
        return given;
    }

    private void requireDeclared(String name) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException(name + " is not one of the job's known flags");
        }
    }

    private void requireKnown(String name) {
        if (!name.startsWith("--")) {
            throw fault("Unexpected argument '" + name + "'.");
        }
        if (!known.contains(name)) {
            throw new UserFault("Unknown flag " + name + ". " + knownFlags() + Suggestion.didYouMean(name, known));
        }
    }

    private UserFault fault(String message) {
        return new UserFault(message + " " + knownFlags());
    }

    private String knownFlags() {
        return "Known flags: " + String.join(", ", known) + ".";
    }
}
