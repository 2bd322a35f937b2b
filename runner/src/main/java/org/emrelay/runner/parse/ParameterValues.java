package org.emrelay.runner.parse;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonSyntaxException;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/** The parameters of a pipeline: what the file says of each, and what the command line puts in its place. */
final class ParameterValues {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]*";
    private static final String NUMBER = "-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?([eE][+-]?[0-9]{1,3})?";

    private final Map<String, JsonValue> defaults = new LinkedHashMap<>();
    private final Map<String, JsonValue> given = new LinkedHashMap<>();
    private final Problems problems;

    ParameterValues(@Nullable JsonValue parameters, Map<String, String> commandLine, Problems problems) {
        this.problems = problems;
        if (parameters instanceof JsonObject object) {
            object.members().forEach(this::declare);
        }
        commandLine.forEach(this::give);
    }

    private void declare(Member member) {
        String name = member.key();
        if (defaults.putIfAbsent(name, member.value()) != null) {
            return;
        }
        String path = RecordBinder.child("parameters", name);
        if (!name.matches(NAME)) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(name) + "' cannot be a parameter's name.",
                    "Use letters, digits, '_' and '-', the first a letter or '_'.");
        } else if (name.equals("output")) {
            problems.error(path, "no parameter can be named 'output': ${output} is where a step writes.", "");
        }
    }

    private void give(String name, String text) {
        JsonValue standard = defaults.get(name);
        String file = "-p " + name;
        if (standard == null) {
            problems.add(Problem.error(
                    file,
                    "",
                    "the pipeline has no parameter '" + name + "'." + known(),
                    Suggestion.sentence(name, names())));
            return;
        }
        JsonValue value = typed(text, standard);
        if (value == null) {
            String shown = SecretNames.isSecret(name) ? "" : ", not '" + RecordBinder.shortened(text) + "'";
            problems.add(Problem.error(
                    file,
                    "",
                    "must be " + wanted(standard) + ", as its default is" + shown + ".",
                    remedy(name, standard)));
            value = standard;
        }
        given.put(name, value);
    }

    /** The text as a value of its default's type; where that is an object it may be a string too, for an input has both forms. */
    private static @Nullable JsonValue typed(String text, JsonValue standard) {
        if (standard instanceof JsonNumber) {
            return text.matches(NUMBER) ? new JsonNumber(text) : null;
        } else if (standard instanceof JsonBoolean) {
            return text.equals("true") || text.equals("false") ? new JsonBoolean(text.equals("true")) : null;
        } else if (standard instanceof JsonArray) {
            return json(text) instanceof JsonArray array ? array : null;
        } else if (standard instanceof JsonObject && text.startsWith("{")) {
            return json(text) instanceof JsonObject object ? object : null;
        }
        return new JsonString(text);
    }

    private static @Nullable JsonValue json(String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonSyntaxException exception) {
            return null;
        }
    }

    private static String wanted(JsonValue standard) {
        return standard instanceof JsonArray || standard instanceof JsonObject
                ? standard.kind() + " in JSON"
                : standard.kind();
    }

    private static String remedy(String name, JsonValue standard) {
        return standard instanceof JsonArray ? "Write for example -p '" + name + "=[\"a\", \"b\"]'." : "";
    }

    Collection<String> names() {
        return defaults.keySet();
    }

    /** {@code  Known parameters: titles, max_words.} with a space before it. */
    String known() {
        return defaults.isEmpty()
                ? " The file has no parameters."
                : " Known parameters: " + Listing.of(List.copyOf(names())) + ".";
    }

    boolean isDeclared(String name) {
        return defaults.containsKey(name);
    }

    boolean isGiven(String name) {
        return given.containsKey(name);
    }

    Set<String> givenNames() {
        return new LinkedHashSet<>(given.keySet());
    }

    @Nullable
    JsonValue defaultOf(String name) {
        return defaults.get(name);
    }

    /** What stands for the parameter, or null when there is none of that name. */
    @Nullable
    JsonValue valueOf(String name) {
        JsonValue value = given.get(name);
        return value == null ? defaults.get(name) : value;
    }
}
