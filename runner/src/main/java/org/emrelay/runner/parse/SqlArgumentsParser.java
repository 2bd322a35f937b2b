package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.jspecify.annotations.Nullable;

/** Parses the {@code args} of a SQL step: the values of its parameters, as JSON. */
record SqlArgumentsParser(Substitution substitution, CommandLineChecks checks, Problems problems) {
    private static final String TYPES = "Use a string, a number, true, false, null or a list of one of these kinds.";

    Arguments.Flags parse(@Nullable JsonValue args, String path, Set<String> inputs) {
        LocatedValue resolved = args == null ? null : substitution.resolve(substitution.locate(args, path));
        List<Arguments.Flag> values = new ArrayList<>();
        if (resolved != null && resolved.value() instanceof JsonObject object) {
            problems.checkDuplicateKeys(object, resolved.path());
            for (Member member : object.members()) {
                addValue(values, member.key(), resolved.member(member), inputs);
            }
        } else if (resolved != null) {
            problems.wrongType(path, "an object with the values of the SQL file's parameters", resolved.value());
        }
        return new Arguments.Flags(values);
    }

    private void addValue(List<Arguments.Flag> values, String name, LocatedValue unresolved, Set<String> inputs) {
        if (!SqlParser.isSqlName(name)) {
            problems.error(
                    unresolved.path(),
                    quoted(name) + " is not a valid parameter name in SQL.",
                    "Use letters, digits and '_', starting with a letter or '_'.");
            return;
        }
        LocatedValue value = substitution.resolve(unresolved);
        if (value == null || !checkType(value)) {
            return;
        }
        List<Argument.Part> json = new JsonArgument(substitution, inputs, problems).parts(value);
        if (json != null) {
            values.add(new Arguments.Flag(name, List.of(checks.argument(json, value.path()))));
        }
    }

    private boolean checkType(LocatedValue value) {
        if (value.value() instanceof JsonObject) {
            problems.error(value.path(), "an object has no SQL type.", TYPES);
            return false;
        }
        return !(value.value() instanceof JsonArray array) || checkElements(value, array);
    }

    private boolean checkElements(LocatedValue value, JsonArray array) {
        Set<Class<?>> types = new HashSet<>();
        for (LocatedValue element : value.elements(array)) {
            LocatedValue resolved = substitution.resolve(element);
            if (resolved == null) {
                return false;
            } else if (resolved.value() instanceof JsonObject || resolved.value() instanceof JsonArray) {
                problems.error(element.path(), resolved.value().kind() + " in a list has no SQL type.", TYPES);
                return false;
            } else if (!(resolved.value() instanceof JsonNull)) {
                types.add(resolved.value().getClass());
            }
        }
        if (types.size() > 1) {
            problems.error(value.path(), "the list has values of different types.", TYPES);
        }
        return types.size() <= 1;
    }
}
