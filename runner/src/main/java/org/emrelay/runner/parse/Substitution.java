package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.abbreviate;
import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.nameList;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/** Replaces <code>${name}</code>, <code>${env.NAME}</code>, <code>${each.key}</code>, <code>${run.date}</code>, <code>${inputs.name}</code> and <code>${output}</code>. */
final class Substitution {
    private static final String REFERENCE_START = "${";
    private static final Pattern BARE_REFERENCE = Pattern.compile("(?<!\\$)\\$([A-Za-z_][A-Za-z0-9_]*)");
    /** Limits memory: a dozen parameters that each reference the previous one ten times would exhaust it. */
    private static final int MAX_EXPANDED_CHARACTERS = 1_000_000;

    /** The cost of resolving one reference, in the characters that could be copied in the same time. */
    private static final int REFERENCE_COST = 50;

    private final ParameterValues parameters;
    private final Map<String, String> environment;
    private final SecretNames secretNames;
    private final EachValues each;
    private final RunReferences run;
    private final Problems problems;
    private int expanded;

    Substitution(
            ParameterValues parameters,
            Map<String, String> environment,
            SecretNames secretNames,
            EachValues each,
            RunReferences run,
            Problems problems) {
        this.each = each;
        this.run = run;
        this.secretNames = secretNames;
        this.parameters = parameters;
        this.environment = environment;
        this.problems = problems;
    }

    /**
     * An expanded string.
     *
     * @param fromCommandLine whether it starts with a command-line parameter
     */
    record Expansion(List<Argument.Part> parts, boolean fromCommandLine) {
        Expansion {
            parts = List.copyOf(parts);
        }
    }

    LocatedValue locate(JsonValue value, String path) {
        return LocatedValue.of(value, path, secretNames);
    }

    /**
     * Resolves a value that is exactly one parameter reference; others are returned as they are.
     * Returns null after a problem.
     */
    @Nullable
    LocatedValue resolve(LocatedValue located) {
        LocatedValue resolved = located;
        while (!resolved.verbatim() && resolved.value() instanceof JsonString string) {
            String name = wholeReference(string.text());
            if (name != null && name.startsWith(EachValues.PREFIX)) {
                JsonValue value = each.value(name, resolved);
                // A string is expanded where it is used; any other value keeps its type.
                return value == null ? null : value instanceof JsonString ? resolved : resolved.withValue(value);
            } else if (name == null || !parameters.isDeclared(name)) {
                return resolved;
            }
            resolved = parameter(name, resolved);
            if (resolved == null) {
                return null;
            }
        }
        return resolved;
    }

    private @Nullable String wholeReference(String text) {
        boolean isWholeReference = text.startsWith(REFERENCE_START) && text.indexOf('}') == text.length() - 1;
        return isWholeReference ? text.substring(REFERENCE_START.length(), text.length() - 1) : null;
    }

    /**
     * Expands the references in a string; returns null after a problem.
     *
     * @param inputs the names allowed in {@code ${inputs.name}}; null where input and output URIs are not allowed
     */
    @Nullable
    Expansion expand(String text, LocatedValue located, @Nullable Set<String> inputs) {
        if (!reserveExpansion(located, text.length())) {
            return null;
        }
        if (located.verbatim()) {
            return new Expansion(List.of(located.literal(text)), true);
        }
        warnOfMissingBraces(text, located);
        List<Argument.Part> parts = new ArrayList<>();
        boolean fromCommandLine = false;
        boolean failed = false;
        int position = 0;
        for (int open = text.indexOf(REFERENCE_START); open >= 0; open = text.indexOf(REFERENCE_START, position)) {
            if (open > position && text.charAt(open - 1) == '$') {
                parts.add(located.literal(text.substring(position, open - 1) + REFERENCE_START));
                position = open + REFERENCE_START.length();
                continue;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                problems.error(located.reportPath(), "a '${' has no closing '}'.", "Use '$${' for a literal '${'.");
                return null;
            }
            if (open > position) {
                parts.add(located.literal(text.substring(position, open)));
            }
            Expansion value = reference(text.substring(open + REFERENCE_START.length(), close), located, inputs);
            failed |= value == null;
            if (value != null) {
                parts.addAll(value.parts());
                fromCommandLine |= open == 0 && value.fromCommandLine();
            }
            position = close + 1;
        }
        if (position < text.length()) {
            parts.add(located.literal(text.substring(position)));
        }
        return failed ? null : new Expansion(parts, fromCommandLine);
    }

    private void warnOfMissingBraces(String text, LocatedValue located) {
        Matcher bare = BARE_REFERENCE.matcher(text);
        while (bare.find()) {
            String name = bare.group(1);
            if (parameters.isDeclared(name)) {
                parameters.recordUse(name);
                problems.warning(
                        located.reportPath(),
                        "'$" + name + "' is not replaced by the parameter '" + name + "'.",
                        "Write ${" + name + "} for its value.");
            }
        }
    }

    static boolean isScalar(JsonValue value) {
        return value instanceof JsonString || value instanceof JsonNumber || value instanceof JsonBoolean;
    }

    /** Expands a scalar; returns null after a problem. */
    @Nullable
    Expansion expandScalar(LocatedValue scalar, @Nullable Set<String> inputs) {
        if (scalar.value() instanceof JsonString string) {
            return expand(string.text(), scalar, inputs);
        }
        return new Expansion(List.of(scalar.literal(EachValues.text(scalar.value()))), scalar.verbatim());
    }

    private @Nullable Expansion reference(String name, LocatedValue located, @Nullable Set<String> inputs) {
        if (name.startsWith("env.")) {
            return environmentVariable(name.substring("env.".length()), located);
        } else if (name.startsWith(RunReferences.PREFIX)) {
            Argument.Part part = run.replace(name, located);
            return part == null ? null : new Expansion(List.of(part), false);
        } else if (name.startsWith(EachValues.PREFIX)) {
            JsonValue value = each.value(name, located);
            return value == null ? null : new Expansion(List.of(located.literal(EachValues.text(value))), false);
        } else if (name.equals("output") || name.startsWith("inputs.")) {
            return uriPlaceholder(name, located, inputs);
        } else if (!parameters.isDeclared(name)) {
            problems.error(
                    located.reportPath(),
                    "no parameter named " + quoted(name) + "." + parameters.knownNames(),
                    Suggestion.didYouMean(name, parameters.names()));
            return null;
        }
        LocatedValue value = parameter(name, located);
        return value == null ? null : scalar(value, name, located);
    }

    private @Nullable Expansion environmentVariable(String name, LocatedValue located) {
        String value = environment.get(name);
        if (value == null) {
            problems.error(
                    located.reportPath(),
                    "environment variable " + quoted(name) + " is not set.",
                    "Set it, or use '$${' for a literal '${'.");
            return null;
        }
        boolean secret = located.secret() || secretNames.isSecret(name);
        return new Expansion(List.of(secret ? new Argument.Secret(value) : new Argument.Literal(value)), false);
    }

    private @Nullable Expansion uriPlaceholder(String name, LocatedValue located, @Nullable Set<String> inputs) {
        if (inputs == null || !located.parameterChain().isEmpty()) {
            problems.error(located.reportPath(), "${" + abbreviate(name) + "} is only allowed in args.");
            return null;
        }
        if (name.equals("output")) {
            return new Expansion(List.of(new Argument.OutputUri()), false);
        }
        String input = name.substring("inputs.".length());
        if (!inputs.contains(input)) {
            problems.error(
                    located.reportPath(),
                    "no input named " + quoted(input) + "."
                            + (inputs.isEmpty() ? "" : " Known inputs: " + nameList(List.copyOf(inputs)) + "."),
                    Suggestion.didYouMean(input, inputs));
            return null;
        }
        return new Expansion(List.of(new Argument.InputUri(input)), false);
    }

    private @Nullable LocatedValue parameter(String name, LocatedValue located) {
        int cycleStart = located.parameterChain().indexOf(name);
        if (cycleStart >= 0) {
            List<String> cycle = located.parameterChain()
                    .subList(cycleStart, located.parameterChain().size());
            problems.error(
                    childPath("parameters", cycle.get(0)),
                    "circular parameter reference: " + String.join(" → ", cycle) + " → " + name + ".");
            return null;
        }
        parameters.recordUse(name);
        JsonValue value = parameters.valueOf(name);
        if (value == null || value instanceof JsonNull) {
            problems.error(
                    located.reportPath(), "parameter '" + name + "' has no value.", "Set it with -p " + name + "=…");
            return null;
        }
        return reserveExpansion(located, REFERENCE_COST)
                ? located.withParameterValue(name, value, parameters.isOverridden(name))
                : null;
    }

    private @Nullable Expansion scalar(LocatedValue value, String name, LocatedValue located) {
        if (isScalar(value.value())) {
            return expandScalar(value, null);
        }
        problems.error(
                located.reportPath(),
                "parameter '" + name + "' is " + value.value().kind() + " and cannot be part of a string.");
        return null;
    }

    /** Adds to the total size that parameters expand to and checks its limit; the rest is limited by the file size. */
    boolean reserveExpansion(LocatedValue located, int size) {
        if (located.parameterChain().isEmpty()) {
            return true;
        }
        expanded = Math.min(expanded, Integer.MAX_VALUE - size) + size;
        if (expanded > MAX_EXPANDED_CHARACTERS) {
            problems.error("parameters", "expand to more than a million characters.");
            return false;
        }
        return true;
    }
}
