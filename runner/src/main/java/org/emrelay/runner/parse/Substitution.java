package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.model.Template;
import org.jspecify.annotations.Nullable;

/** Puts values in the place of <code>${name}</code>, <code>${env.NAME}</code>, <code>${inputs.name}</code> and <code>${output}</code>. */
final class Substitution {
    private static final String OPEN = "${";
    /** A dozen parameters, each naming the one before it ten times, would fill any memory. */
    private static final int MOST_EXPANDED = 1_000_000;

    /** Putting one value in the place of a name takes the time of copying so many characters. */
    private static final int REPLACEMENT = 50;

    private final ParameterValues parameters;
    private final Map<String, String> environment;
    private final Problems problems;
    private int expanded;

    Substitution(ParameterValues parameters, Map<String, String> environment, Problems problems) {
        this.parameters = parameters;
        this.environment = environment;
        this.problems = problems;
    }

    /**
     * What a text stands for.
     *
     * @param fromCommandLine whether it begins with what the command line gave
     */
    record Expansion(List<Template.Part> parts, boolean fromCommandLine) {
        Expansion {
            parts = List.copyOf(parts);
        }
    }

    /** The value itself, or what stands for it where it is exactly one parameter; null when that cannot be said. */
    @Nullable
    LocatedValue follow(LocatedValue at) {
        LocatedValue here = at;
        while (!here.verbatim() && here.value() instanceof JsonString string) {
            String name = wholeReference(string.text());
            if (name == null || !parameters.isDeclared(name)) {
                return here;
            }
            here = parameter(name, here);
            if (here == null) {
                return null;
            }
        }
        return here;
    }

    private @Nullable String wholeReference(String text) {
        boolean whole = text.startsWith(OPEN) && text.indexOf('}') == text.length() - 1;
        return whole ? text.substring(OPEN.length(), text.length() - 1) : null;
    }

    /**
     * The text of a string with everything put in its place; null when something is wrong with it.
     *
     * @param inputs the names that {@code ${inputs.name}} may use; null where neither they nor {@code ${output}} make sense
     */
    @Nullable
    Expansion expand(String text, LocatedValue at, @Nullable Set<String> inputs) {
        if (!spend(at, text.length())) {
            return null;
        }
        if (at.verbatim()) {
            return new Expansion(List.of(literal(text, at)), true);
        }
        List<Template.Part> parts = new ArrayList<>();
        boolean fromCommandLine = false;
        boolean failed = false;
        int position = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, position)) {
            if (open > position && text.charAt(open - 1) == '$') {
                parts.add(literal(text.substring(position, open - 1) + OPEN, at));
                position = open + OPEN.length();
                continue;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                problems.error(
                        at.saidAt(), "a '${' is not closed by a '}'.", "Write '$${' where the text itself is meant.");
                return null;
            }
            if (open > position) {
                parts.add(literal(text.substring(position, open), at));
            }
            Expansion value = reference(text.substring(open + OPEN.length(), close), at, inputs);
            failed |= value == null;
            if (value != null) {
                parts.addAll(value.parts());
                fromCommandLine |= open == 0 && value.fromCommandLine();
            }
            position = close + 1;
        }
        if (position < text.length()) {
            parts.add(literal(text.substring(position), at));
        }
        return failed ? null : new Expansion(parts, fromCommandLine);
    }

    private static Template.Part literal(String text, LocatedValue at) {
        return at.secret() ? new Template.Secret(text) : new Template.Literal(text);
    }

    private @Nullable Expansion reference(String name, LocatedValue at, @Nullable Set<String> inputs) {
        if (name.startsWith("env.")) {
            return environmentVariable(name.substring("env.".length()), at);
        } else if (name.equals("output") || name.startsWith("inputs.")) {
            return place(name, at, inputs);
        } else if (!parameters.isDeclared(name)) {
            problems.error(
                    at.saidAt(),
                    "no parameter named '" + RecordBinder.shortened(name) + "'." + parameters.known(),
                    Suggestion.sentence(name, parameters.names()));
            return null;
        }
        LocatedValue value = parameter(name, at);
        return value == null ? null : scalar(value, name, at);
    }

    private @Nullable Expansion environmentVariable(String name, LocatedValue at) {
        String value = environment.get(name);
        if (value == null) {
            problems.error(
                    at.saidAt(),
                    "the environment variable '" + RecordBinder.shortened(name) + "' is not set.",
                    "Set it, or write '$${' where the text itself is meant.");
            return null;
        }
        boolean secret = at.secret() || SecretNames.isSecret(name);
        return new Expansion(List.of(secret ? new Template.Secret(value) : new Template.Literal(value)), false);
    }

    private @Nullable Expansion place(String name, LocatedValue at, @Nullable Set<String> inputs) {
        if (inputs == null || !at.parameters().isEmpty()) {
            problems.error(at.saidAt(), "${" + RecordBinder.shortened(name) + "} stands for a place in args only.", "");
            return null;
        }
        if (name.equals("output")) {
            return new Expansion(List.of(new Template.OutputUri()), false);
        }
        String input = name.substring("inputs.".length());
        if (!inputs.contains(input)) {
            problems.error(
                    at.saidAt(),
                    "the step has no input named '" + RecordBinder.shortened(input) + "'."
                            + (inputs.isEmpty() ? "" : " Its inputs: " + Listing.of(List.copyOf(inputs)) + "."),
                    Suggestion.sentence(input, inputs));
            return null;
        }
        return new Expansion(List.of(new Template.InputUri(input)), false);
    }

    private @Nullable LocatedValue parameter(String name, LocatedValue at) {
        int before = at.parameters().indexOf(name);
        if (before >= 0) {
            List<String> circle =
                    at.parameters().subList(before, at.parameters().size());
            problems.error(
                    RecordBinder.child("parameters", circle.get(0)),
                    "parameters refer to one another in a circle: " + String.join(" → ", circle) + " → " + name + ".",
                    "");
            return null;
        }
        JsonValue value = parameters.valueOf(name);
        if (value == null || value instanceof JsonNull) {
            problems.error(at.saidAt(), "the parameter '" + name + "' has no value.", "Give it one: -p " + name + "=…");
            return null;
        }
        return spend(at, REPLACEMENT) ? at.replaced(name, value, parameters.isGiven(name)) : null;
    }

    private @Nullable Expansion scalar(LocatedValue value, String name, LocatedValue at) {
        if (value.value() instanceof JsonString string) {
            return expand(string.text(), value, null);
        } else if (value.value() instanceof JsonNumber number) {
            return new Expansion(List.of(literal(number.text(), value)), value.verbatim());
        } else if (value.value() instanceof JsonBoolean truth) {
            return new Expansion(List.of(literal(String.valueOf(truth.value()), value)), value.verbatim());
        }
        problems.error(
                at.saidAt(),
                "the parameter '" + name + "' is " + value.value().kind() + " and cannot stand inside a text.",
                "");
        return null;
    }

    /** Counts what parameters expand to; what the file itself holds is bounded by its size. */
    boolean spend(LocatedValue at, int amount) {
        if (at.parameters().isEmpty()) {
            return true;
        }
        expanded = Math.min(expanded, Integer.MAX_VALUE - amount) + amount;
        if (expanded > MOST_EXPANDED) {
            problems.error("parameters", "what they expand to is larger than a million characters.", "");
            return false;
        }
        return true;
    }
}
