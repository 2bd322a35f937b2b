package org.emrelay.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The flags a job was given, checked against those it knows, so that every job reports a slip in the same words. */
public record Flags(List<String> known, Map<String, List<String>> values) {

    public Flags {
        known = List.copyOf(known);
        values = Map.copyOf(values);
    }

    /**
     * Reads {@code --flag value} and {@code --flag=value}; the names in {@code known} begin with their dashes. A flag
     * without a value holds an empty one, a repeated flag several: what a flag may be is known to who asks for it.
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
        return optional(name).orElseThrow(() -> fault(name + " is missing."));
    }

    public Optional<String> optional(String name) {
        List<String> given = given(name);
        if (given.size() > 1) {
            throw fault(name + " is given twice.");
        }
        return given.stream().findFirst();
    }

    public String textOr(String name, String otherwise) {
        return optional(name).orElse(Objects.requireNonNull(otherwise, "otherwise"));
    }

    /** What a flag lists, repeated or with commas between, in the order given; empty without the flag. */
    public List<String> list(String name) {
        return given(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** A flag that needs no value; {@code true} and {@code false} are understood. */
    public boolean isSet(String name) {
        requireListed(name);
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw fault(name + " is given twice.");
        }
        String value = given.isEmpty() ? "false" : given.get(0);
        if (!List.of("", "true", "false").contains(value)) {
            throw fault(name + " takes no value but true or false, not '" + value + "'.");
        }
        return !value.equals("false");
    }

    /** One of a few words. */
    public String choiceOr(String name, String otherwise, List<String> choices) {
        String chosen = textOr(name, otherwise);
        if (!choices.contains(chosen)) {
            throw new UserFault(name + " must be one of " + String.join(", ", choices) + ", not '" + chosen + "'."
                    + Suggestion.sentence(chosen, choices));
        }
        return chosen;
    }

    public long wholeNumberOr(String name, long otherwise, long least, long most) {
        Optional<String> given = optional(name);
        if (given.isEmpty()) {
            return otherwise;
        }
        String sentence =
                name + " must be a whole number from " + least + " to " + most + ", not '" + given.get() + "'.";
        try {
            long number = Long.parseLong(given.get());
            if (number < least || number > most) {
                throw fault(sentence);
            }
            return number;
        } catch (NumberFormatException notANumber) {
            throw fault(sentence);
        }
    }

    /** A number between two bounds, both of which it may reach. */
    public double numberOr(String name, double otherwise, double least, double most) {
        Optional<String> given = optional(name);
        if (given.isEmpty()) {
            return otherwise;
        }
        String sentence = name + " must be a number from " + least + " to " + most + ", not '" + given.get() + "'.";
        try {
            double number = Double.parseDouble(given.get());
            if (number >= least && number <= most) {
                return number;
            }
            throw fault(sentence);
        } catch (NumberFormatException notANumber) {
            throw fault(sentence);
        }
    }

    private List<String> given(String name) {
        requireListed(name);
        List<String> given = values.getOrDefault(name, List.of());
        if (given.contains("")) {
            throw fault(name + " has no value.");
        }
        return given;
    }

    private void requireListed(String name) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException("the job asks for " + name + " but does not list it as known");
        }
    }

    private void requireKnown(String name) {
        if (!name.startsWith("--")) {
            throw fault("'" + name + "' is neither a flag nor the value of one.");
        }
        if (!known.contains(name)) {
            throw new UserFault("Unknown flag " + name + ". " + knownFlags() + Suggestion.sentence(name, known));
        }
    }

    private UserFault fault(String sentence) {
        return new UserFault(sentence + " " + knownFlags());
    }

    private String knownFlags() {
        return "Known flags: " + String.join(", ", known) + ".";
    }
}
