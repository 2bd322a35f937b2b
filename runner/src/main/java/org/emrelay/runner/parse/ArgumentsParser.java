package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.abbreviate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.jspecify.annotations.Nullable;

/** Parses {@code args}: an object of flags or a list of verbatim arguments. */
record ArgumentsParser(Substitution substitution, CommandLineChecks checks, Problems problems) {

    /** Returns as many arguments as are valid. */
    Arguments parse(@Nullable JsonValue args, String path, Set<String> inputs) {
        LocatedValue resolved = args == null ? null : substitution.resolve(substitution.locate(args, path));
        if (resolved == null) {
            return new Arguments.Flags(List.of());
        } else if (resolved.value() instanceof JsonObject object) {
            return flags(object, resolved, inputs);
        } else if (resolved.value() instanceof JsonArray array) {
            return verbatim(array, resolved, inputs);
        }
        problems.wrongType(path, "an object of flags or a list of arguments", resolved.value());
        return new Arguments.Flags(List.of());
    }

    private Arguments flags(JsonObject object, LocatedValue located, Set<String> inputs) {
        problems.checkDuplicateKeys(object, located.path());
        List<Arguments.Flag> flags = new ArrayList<>();
        Set<String> seenNames = new HashSet<>();
        for (Member member : object.members()) {
            LocatedValue unresolved = located.member(member);
            checkFlag(member.key(), unresolved.path());
            LocatedValue value = substitution.resolve(unresolved);
            if (value == null || !seenNames.add(member.key())) {
                continue;
            }
            Arguments.Flag flag = flag(member.key(), value, inputs);
            if (flag != null) {
                flags.add(flag);
            }
        }
        return new Arguments.Flags(flags);
    }

    /** Rejects names that would be split or quoted on a command line. */
    void checkFlag(String name, String path) {
        String shown = abbreviate(name);
        if (name.startsWith("-")) {
            problems.error(path, "the flag '" + shown + "' has leading dashes.", "Remove them.");
        } else if (name.isEmpty() || !name.matches("[^\\s=\"'`$\\\\{}\\p{Cntrl}]+")) {
            problems.error(
                    path,
                    "'" + shown + "' is not a valid flag name.",
                    "Do not use whitespace, quotes, braces, '=', '$' or backslashes.");
        }
    }

    private Arguments.@Nullable Flag flag(String name, LocatedValue located, Set<String> inputs) {
        if (located.value() instanceof JsonNull || isOptionalParameter(located)) {
            return null;
        } else if (located.value() instanceof JsonBoolean bool) {
            return bool.value() ? new Arguments.Flag(name, List.of()) : null;
        }
        if (!(located.value() instanceof JsonArray array)) {
            Argument argument = argument(located, inputs);
            return argument == null ? null : new Arguments.Flag(name, List.of(argument));
        }
        List<Argument> values = new ArrayList<>();
        for (LocatedValue element : located.elements(array)) {
            Argument argument = argument(element, inputs);
            if (argument != null) {
                values.add(argument);
            }
        }
        // An empty list must not become a bare flag.
        return values.isEmpty() ? null : new Arguments.Flag(name, values);
    }

    /** A parameter with an empty string omits its flag; a literal empty string is passed on. */
    private static boolean isOptionalParameter(LocatedValue located) {
        return !located.parameterChain().isEmpty()
                && located.value() instanceof JsonString string
                && string.text().isEmpty();
    }

    private Arguments verbatim(JsonArray array, LocatedValue located, Set<String> inputs) {
        List<Argument> arguments = new ArrayList<>();
        boolean nextIsSecret = false;
        for (LocatedValue element : located.elements(array)) {
            String text = element.value() instanceof JsonString string ? string.text() : "";
            boolean isFlag = text.startsWith("-");
            Argument argument = argument(nextIsSecret && !isFlag ? element.asSecret(true) : element, inputs);
            if (argument != null) {
                arguments.add(argument);
            }
            nextIsSecret = isFlag && text.indexOf('=') < 0 && element.names().isSecret(text);
        }
        return new Arguments.Verbatim(arguments);
    }

    private @Nullable Argument argument(LocatedValue located, Set<String> inputs) {
        LocatedValue resolved = substitution.resolve(located);
        if (resolved == null) {
            return null;
        } else if (resolved.value() instanceof JsonNull) {
            problems.error(resolved.path(), "null is not a valid argument.", "Remove it, or use \"\".");
            return null;
        }
        List<Argument.Part> parts = parts(resolved, inputs);
        return parts == null ? null : checks.argument(parts, resolved.path());
    }

    private @Nullable List<Argument.Part> parts(LocatedValue resolved, Set<String> inputs) {
        if (Substitution.isScalar(resolved.value())) {
            Substitution.Expansion expansion = substitution.expandScalar(resolved, inputs);
            return expansion == null ? null : expansion.parts();
        }
        return new JsonArgument(substitution, inputs, problems).parts(resolved);
    }
}
