package org.emrelay.runner.parse;

import static java.util.Objects.requireNonNull;
import static org.emrelay.runner.parse.Problems.abbreviate;
import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;

/** Expands a step with {@code for_each} into one step for each combination of the loop's values. */
record LoopParser(TreeSubstitution treeSubstitution, EachValues each, SecretNames secretNames, Problems problems) {
    static final String KEY = "for_each";

    /** More is almost certainly a mistake: EMR runs at most 256 steps at a time. */
    static final int MAX_INSTANCES = 1_000;

    private static final Pattern VALID_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * One step of the loop, with its values substituted.
     *
     * @param path its JSON path: that of the step followed by the values
     */
    record ExpandedStep(String path, LoopInstance instance, JsonValue value) {}

    static boolean isLoop(JsonValue step) {
        return step instanceof JsonObject object
                && object.keys().contains(KEY)
                && !object.keys().contains("script_args");
    }

    /** Returns nothing after a problem. */
    List<ExpandedStep> expand(JsonObject step, String path) {
        String loopPath = childPath(path, KEY);
        JsonValue loop = treeSubstitution.substitute(requireNonNull(step.get(KEY)), loopPath);
        Map<String, List<JsonValue>> values = loop == null ? Map.of() : values(loop, loopPath);
        JsonObject body = new JsonObject(step.members().stream()
                .filter(member -> !member.key().equals(KEY))
                .toList());
        if (body.get("name") instanceof JsonString name && name.text().contains("${" + EachValues.PREFIX)) {
            problems.error(
                    childPath(path, "name"),
                    "the instances of a loop share one name.",
                    "Remove ${each…}: the values are appended to the name.");
        }
        List<ExpandedStep> expanded = new ArrayList<>();
        for (Map<String, JsonValue> combination : product(values)) {
            expanded.add(expand(body, path, combination));
        }
        return expanded;
    }

    private ExpandedStep expand(JsonObject body, String path, Map<String, JsonValue> combination) {
        Map<String, String> texts = new LinkedHashMap<>();
        combination.forEach((key, value) -> texts.put(key, EachValues.text(value)));
        LoopInstance instance = new LoopInstance(path, texts);
        String instancePath = path + instance.suffix();
        each.add(instancePath, combination);
        JsonValue substituted = treeSubstitution.substitute(body, instancePath);
        return new ExpandedStep(instancePath, instance, substituted == null ? body : substituted);
    }

    /** The values of each key; empty after a problem. */
    private Map<String, List<JsonValue>> values(JsonValue loop, String path) {
        if (!(loop instanceof JsonObject object)) {
            problems.wrongType(path, "an object, such as {\"region\": [\"at\", \"de\"]}", loop);
            return Map.of();
        }
        problems.checkDuplicateKeys(object, path);
        int problemsBefore = problems.count();
        Map<String, List<JsonValue>> values = new LinkedHashMap<>();
        for (Member member : object.members()) {
            String keyPath = childPath(path, member.key());
            checkKey(member.key(), keyPath);
            values.put(member.key(), valuesOf(member.value(), keyPath));
        }
        if (object.members().isEmpty()) {
            problems.error(path, "the loop has no key.", "Example: {\"region\": [\"at\", \"de\"]}.");
        } else if (problems.count() == problemsBefore) {
            checkSize(values, path);
        }
        return problems.count() == problemsBefore ? values : Map.of();
    }

    private void checkKey(String key, String path) {
        if (!VALID_KEY.matcher(key).matches()) {
            problems.error(
                    path,
                    quoted(key) + " is not a valid loop key.",
                    "Use letters, digits and '_', starting with a letter or '_'.");
        } else if (secretNames.isSecret(key)) {
            problems.error(
                    path,
                    "the values of a loop are part of step names, so they must not be secret.",
                    "Rename the key, or list it in 'not_secret'.");
        }
    }

    private List<JsonValue> valuesOf(JsonValue value, String path) {
        if (!(value instanceof JsonArray array)) {
            if (!problems.isInvalid(path)) {
                problems.wrongType(path, "a list of values", value);
            }
            return List.of();
        } else if (array.values().isEmpty()) {
            problems.error(path, "the loop has no values.", "List at least one, or set \"enabled\": false.");
        }
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < array.values().size(); i++) {
            if (!problems.isInvalid(path + "[" + i + "]")) {
                checkValue(array.values().get(i), seen, path + "[" + i + "]");
            }
        }
        return array.values();
    }

    private void checkValue(JsonValue value, Map<String, String> seen, String path) {
        if (!Substitution.isScalar(value)) {
            problems.wrongType(path, "a string, a number or true or false", value);
        } else if (value instanceof JsonString string && string.text().isEmpty()) {
            problems.error(path, "the value is empty.", "It is part of the step's name.");
        } else {
            checkDistinct(EachValues.text(value), seen, path);
        }
    }

    private void checkDistinct(String text, Map<String, String> seen, String path) {
        String other = seen.putIfAbsent(LoopInstance.nameOf(text).toLowerCase(Locale.ROOT), text);
        if (text.equals(other)) {
            problems.error(path, quoted(text) + " is listed twice.", "Remove one of them.");
        } else if (other != null) {
            problems.error(
                    path,
                    quoted(text) + " differs only in case from '" + abbreviate(other) + "'.",
                    "Both name a folder, and some file systems are case-insensitive.");
        }
    }

    private void checkSize(Map<String, List<JsonValue>> values, String path) {
        long instances = 1;
        for (List<JsonValue> list : values.values()) {
            instances = Math.min(Integer.MAX_VALUE, instances * list.size());
        }
        if (instances > MAX_INSTANCES) {
            problems.error(
                    path,
                    String.format(
                            Locale.ROOT,
                            "the loop expands to %,d steps; at most %,d are allowed.",
                            instances,
                            MAX_INSTANCES),
                    "Let one step process many values, or split the pipeline.");
        }
    }

    /** All combinations; the last key varies fastest. */
    private static List<Map<String, JsonValue>> product(Map<String, List<JsonValue>> values) {
        if (values.isEmpty()) {
            return List.of();
        }
        List<Map<String, JsonValue>> combinations = List.of(Map.of());
        for (Map.Entry<String, List<JsonValue>> key : values.entrySet()) {
            List<Map<String, JsonValue>> extended = new ArrayList<>();
            for (Map<String, JsonValue> combination : combinations) {
                for (JsonValue value : key.getValue()) {
                    Map<String, JsonValue> next = new LinkedHashMap<>(combination);
                    next.put(key.getKey(), value);
                    extended.add(next);
                }
            }
            combinations = extended;
        }
        return combinations;
    }
}
