package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.nameList;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/** The parameters of a pipeline: defaults from the file, overrides from the command line, and where they were used. */
final class ParameterValues {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]*";
    private static final String NUMBER = "-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?([eE][+-]?[0-9]{1,3})?";

    private final Map<String, JsonValue> defaults = new LinkedHashMap<>();
    private final Map<String, JsonValue> overrides = new LinkedHashMap<>();
    private final Map<String, String> commandLine;
    private final Map<String, String> nameByPath = new HashMap<>();
    private final Set<String> pathsFromCommandLine = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private final SecretNames secretNames;
    private final Problems problems;

    ParameterValues(
            @Nullable JsonValue parameters,
            Map<String, String> commandLine,
            SecretNames secretNames,
            Problems problems) {
        this.commandLine = commandLine;
        this.secretNames = secretNames;
        this.problems = problems;
        if (parameters instanceof JsonObject object) {
            object.members().forEach(this::declare);
        }
        commandLine.forEach(this::override);
    }

    private void declare(Member member) {
        String name = member.key();
        if (defaults.putIfAbsent(name, member.value()) != null) {
            return;
        }
        String path = childPath("parameters", name);
        if (!name.matches(NAME)) {
            problems.error(
                    path,
                    quoted(name) + " is not a valid parameter name.",
                    "Use letters, digits, '_' and '-', starting with a letter or '_'.");
        } else if (name.equals("output")) {
            problems.error(path, "'output' is a reserved name: ${output} is the output URI of a step.");
        }
    }

    private void override(String name, String text) {
        JsonValue defaultValue = defaults.get(name);
        String option = "-p " + name;
        if (defaultValue == null) {
            problems.add(Problem.error(
                    option,
                    "",
                    "no parameter named '" + name + "'." + knownNames(),
                    Suggestion.didYouMean(name, names())));
            return;
        }
        JsonValue value = convert(text, defaultValue);
        if (value == null) {
            String actual = secretNames.isSecret(name) ? "" : ", not " + quoted(text);
            problems.add(Problem.error(
                    option,
                    "",
                    "must be " + expectedType(defaultValue) + ", like its default" + actual + ".",
                    example(name, defaultValue)));
            value = defaultValue;
        }
        overrides.put(name, value);
    }

    /**
     * Converts the text to the type of the default.
     * For an object default, a plain string is valid too, because an input can be either.
     */
    private static @Nullable JsonValue convert(String text, JsonValue defaultValue) {
        if (defaultValue instanceof JsonNumber) {
            return text.matches(NUMBER) ? new JsonNumber(text) : null;
        } else if (defaultValue instanceof JsonBoolean) {
            return text.equals("true") || text.equals("false") ? new JsonBoolean(text.equals("true")) : null;
        } else if (defaultValue instanceof JsonArray) {
            return parseJson(text) instanceof JsonArray array ? array : null;
        } else if (defaultValue instanceof JsonObject && text.startsWith("{")) {
            return parseJson(text) instanceof JsonObject object ? object : null;
        }
        return new JsonString(text);
    }

    private static @Nullable JsonValue parseJson(String text) {
        try {
            return JsonReader.read(text);
        } catch (MalformedJsonException exception) {
            return null;
        }
    }

    private static String expectedType(JsonValue defaultValue) {
        return defaultValue instanceof JsonArray || defaultValue instanceof JsonObject
                ? defaultValue.kind() + " in JSON"
                : defaultValue.kind();
    }

    private static String example(String name, JsonValue defaultValue) {
        return defaultValue instanceof JsonArray ? "Example: -p '" + name + "=[\"a\", \"b\"]'." : "";
    }

    Collection<String> names() {
        return defaults.keySet();
    }

    /** {@code Known parameters: titles, max_words.} with a leading space. */
    String knownNames() {
        return defaults.isEmpty()
                ? " The file has no parameters."
                : " Known parameters: " + nameList(List.copyOf(names())) + ".";
    }

    boolean isDeclared(String name) {
        return defaults.containsKey(name);
    }

    boolean isOverridden(String name) {
        return overrides.containsKey(name);
    }

    Set<String> overriddenNames() {
        return new LinkedHashSet<>(overrides.keySet());
    }

    /** The overrides that differ from the default, as given, without secrets. */
    Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        overrides.forEach((name, value) -> {
            if (!value.equals(defaults.get(name))) {
                String text = commandLine.getOrDefault(name, "");
                changes.put(
                        name, secretNames.isSecret(name) ? Argument.MASK : new SecretText(secretNames).masked(text));
            }
        });
        return changes;
    }

    @Nullable
    JsonValue defaultOf(String name) {
        return defaults.get(name);
    }

    /** Returns the value of the parameter, or null if it does not exist. */
    @Nullable
    JsonValue valueOf(String name) {
        JsonValue value = overrides.get(name);
        return value == null ? defaults.get(name) : value;
    }

    void recordUse(String name) {
        used.add(name);
    }

    /** Warns of parameters without an effect. Only for a valid file: otherwise steps that use them may not have been read. */
    void warnOfUnused() {
        for (String name : defaults.keySet()) {
            if (!used.contains(name)) {
                problems.warning(
                        childPath("parameters", name),
                        "nothing uses this parameter.",
                        "Remove it, or refer to it as ${" + name + "}.");
            }
        }
    }

    /** Records that the whole value at the JSON path is a parameter. */
    void recordParameter(String path, String parameter) {
        nameByPath.put(path, parameter);
    }

    /** Records that the string at the JSON path starts with a command-line parameter. */
    void recordCommandLinePrefix(String path) {
        pathsFromCommandLine.add(path);
    }

    /** The parameter at the JSON path; empty for none. */
    String parameterAt(String path) {
        return nameByPath.getOrDefault(path, "");
    }

    boolean isFromCommandLine(String path) {
        return pathsFromCommandLine.contains(path);
    }
}
