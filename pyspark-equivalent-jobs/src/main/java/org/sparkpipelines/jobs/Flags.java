package org.sparkpipelines.jobs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The flags a job was given, checked against those it knows, so that every job reports a slip in the same words. */
public record Flags(List<String> known, Map<String, String> values) {

    public Flags {
        known = List.copyOf(known);
        values = Map.copyOf(values);
    }

    /** Reads {@code --flag value} and {@code --flag=value}; the names in {@code known} begin with their dashes. */
    public static Flags parse(List<String> known, String... arguments) {
        Flags none = new Flags(known, Map.of());
        Map<String, String> values = new HashMap<>();
        for (int next = 0; next < arguments.length; next++) {
            String argument = arguments[next];
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            none.requireKnown(name);
            String value;
            if (equals >= 0) {
                value = argument.substring(equals + 1);
            } else if (next + 1 < arguments.length && !arguments[next + 1].startsWith("--")) {
                next++;
                value = arguments[next];
            } else {
                value = "";
            }
            if (value.isEmpty()) {
                throw none.fault(name + " has no value.");
            }
            if (values.put(name, value) != null) {
                throw none.fault(name + " is given twice.");
            }
        }
        return new Flags(known, values);
    }

    public String required(String name) {
        return optional(name).orElseThrow(() -> fault(name + " is missing."));
    }

    public Optional<String> optional(String name) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException("the job asks for " + name + " but does not list it as known");
        }
        return Optional.ofNullable(values.get(name));
    }

    public String textOr(String name, String otherwise) {
        return optional(name).orElse(Objects.requireNonNull(otherwise, "otherwise"));
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
